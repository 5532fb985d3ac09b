"""Passages tile any text; junk goes under a named rule; no body sentence is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.document import Passage
from extraction.passages import divide

DATA = Path(__file__).parent / "data"
KIND_OF_LABEL = {"T": "title", "H": "heading", "B": "body", "C": "caption", "J": "boilerplate"}

# fmt: off
PIECES = st.sampled_from([
    "\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\t", " ", "\u00a0", "\u202f", "\u200b", "\u200d",
    "\ufeff", "\u0301", "e\u0301", "👩\u200d👩\u200d👧", "🇫🇷", "👍🏽", "…", ". ", "! ", "« ", "» ",
    '"', "M. Dupré", "3 000",
    "1.500", "\ud800", "Lire aussi :", "Publicité", "Sommaire", "Le quai a été fermé mardi par la ville. ",
    "The quay was closed. ", "- ",
])
# fmt: on
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=100).map("".join))


@dataclass(frozen=True)
class Marked:
    """An article of the test data: each paragraph with the kind that a reader gave it."""

    title: str | None
    language: str
    text: str
    paragraphs: tuple[tuple[int, int, str], ...]


def read_articles() -> list[Marked]:
    return [_article(part) for path in sorted(DATA.glob("articles_*.txt")) for part in _parts(path)]


def _parts(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("=== ")[1:]


def _article(part: str) -> Marked:
    head, *lines = part.rstrip("\n").split("\n")
    language, _, title = head.partition("|")
    text, paragraphs = "", []
    for line in lines:
        label, _, words = line.partition("|")
        if words:
            paragraphs.append((len(text), len(text) + len(words), KIND_OF_LABEL[label]))
        text += words + "\n"
    return Marked(title.strip() or None, language.strip(), text, tuple(paragraphs))


ARTICLES = read_articles()


def visible(text: str, start: int, end: int) -> int:
    return sum(not c.isspace() for c in text[start:end])


def kinds(text: str, title: str | None = None, language: str = "fr") -> list[tuple[str, str | None, str]]:
    return [(p.kind, p.rule, p.span.of(text)) for p in divide(text, title, language)]


def assert_tiles(text: str, passages: tuple[Passage, ...]) -> None:
    at = 0
    for passage in passages:
        assert passage.span.start >= at
        assert passage.span.of(text).strip()
        assert not text[at : passage.span.start].strip()
        assert (passage.rule is not None) == (passage.kind == "boilerplate")
        at = passage.span.end
    assert not text[at:].strip()


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(st.none(), TEXTS), st.sampled_from(["fr", "en", "de", "und", None]))
def test_divide_tiles_any_text(text: str, title: str | None, language: str | None) -> None:
    assert_tiles(text, divide(text, title, language))


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(lambda text: len([line for line in text.splitlines() if line.strip()]) == 1))
def test_divide_never_sets_a_lone_line_aside(text: str) -> None:
    assert {p.kind for p in divide(text, None, "fr")} == {"body"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: f"{a.language}-{(a.title or a.text)[:24]}")
def test_divide_loses_no_body_of_a_marked_article(article: Marked) -> None:
    passages = divide(article.text, article.title, article.language)
    assert_tiles(article.text, passages)
    body = [(start, end) for start, end, kind in article.paragraphs if kind == "body"]
    junk = [p for p in passages if p.kind == "boilerplate"]
    assert not [
        (p.rule, p.span.of(article.text)) for p in junk if any(s < p.span.end and p.span.start < e for s, e in body)
    ]


def test_divide_sets_nearly_all_junk_of_the_marked_articles_aside() -> None:
    junk = removed = 0
    for article in ARTICLES:
        aside = [p.span for p in divide(article.text, article.title, article.language) if p.kind == "boilerplate"]
        for start, end, kind in article.paragraphs:
            if kind == "boilerplate":
                junk += visible(article.text, start, end)
                removed += sum(visible(article.text, max(start, s.start), min(end, s.end)) for s in aside)
    assert removed / junk >= 0.97


def test_divide_finds_the_titles_of_the_marked_articles() -> None:
    for article in ARTICLES:
        found = {
            p.span.of(article.text) for p in divide(article.text, article.title, article.language) if p.kind == "title"
        }
        expected = {article.text[start:end] for start, end, kind in article.paragraphs if kind == "title"}
        assert found == expected


def test_divide_of_an_empty_text_has_no_passages() -> None:
    assert divide("", None, None) == ()
    assert divide(" \n\u2028\u00a0", "Un titre", "fr") == ()


def test_divide_cuts_a_long_paragraph_between_sentences_of_at_most_150_words() -> None:
    sentence = "Selon M. Dupré, le port a reçu 3 000 tonnes de blé et 1.500 tonnes de sel en mars dernier. "
    text = sentence * 20
    parts = [p.span.of(text) for p in divide(text, None, "fr")]
    assert len(parts) > 1
    assert all(len(part.split()) <= 150 and part.startswith("Selon") and part.endswith("dernier.") for part in parts)


def test_divide_keeps_a_longer_single_sentence_whole() -> None:
    text = "Le port " + "et le quai " * 80 + "rouvrent."
    assert [p.span.of(text) for p in divide(text, None, "fr")] == [text]


def test_divide_avoids_cutting_inside_a_quotation() -> None:
    quotation = "« " + "Nous avons attendu le bac toute la nuit. " * 6 + "» "
    text = (
        "Le bac est resté à quai pendant la tempête de jeudi. " * 11 + quotation + "La ligne a rouvert vendredi. " * 10
    )
    parts = [p.span.of(text) for p in divide(text, None, "fr")]
    assert all(part.count("«") == part.count("»") for part in parts)


def test_divide_joins_lines_wrapped_at_a_fixed_width() -> None:
    text = (
        "Le conseil du port de Lannec a voté lundi soir un budget de neuf\n"
        "millions d'euros, dont la moitié ira à la réfection du quai nord et\n"
        "de ses grues. Les travaux dureront deux ans, selon la présidente du\n"
        "conseil, qui veut doubler le trafic.\n\n"
        "Les pêcheurs demandent des garanties. Ils craignent de perdre leur\n"
        "place pendant le chantier et veulent une aide de la région.\n"
    )
    assert [p.span.of(text).split()[0] for p in divide(text, None, "fr")] == ["Le", "Les"]


BODY = "La ville de Lannec a fermé le quai nord mardi, après la chute d'une grue. Personne n'a été blessé."
MORE = "Le quai nord de Lannec doit rouvrir samedi, selon la ville. La grue sera retirée par une barge."


@pytest.mark.parametrize(
    ("junk", "rule"),
    [
        ("– Commercial –", "advertisement"),
        ("Skip to content", "navigation"),
        ("Accueil > Actualités > Lannec", "navigation"),
        ("Partager sur Facebook", "share"),
        ("Facebook Twitter LinkedIn WhatsApp", "share"),
        ("Nous utilisons des cookies pour mesurer l'audience de ce site.", "cookies"),
        ("Recevez chaque soir notre newsletter dans votre boîte mail.", "newsletter"),
        ("La suite de cet article est réservée à nos abonnés.", "subscription"),
        ("24 commentaires", "comments"),
        ("À lire aussi : Les dockers de Brial en grève", "read_also"),
        ("Publié le 3 mai 2024 à 18h03", "byline"),
        ("Par Jeanne Morel, à Lannec", "byline"),
        ("Jeanne Morel avec AFP", "byline"),
        ("courrier-lannec.example", "byline"),
        ("Jeanne Morel | Publié le 3 mai 2024 à 18:03 | Mis à jour à 19:10", "byline"),
        ("BRIAL, 3 mai (Agence du Port)", "byline"),
        ("Par Jeanne Morel, professeure de géologie à l'université de Brial", "byline"),
        ("Par Jeanne Morel et Paul Dumas (avec agences)", "byline"),
        ("Voile > Première série > Lannec", "navigation"),
        ("Ajouter à mes articles", "navigation"),
        ("Commenter (214)", "comments"),
        ("Keep up to date with all our stories by following us here", "navigation"),
        ("Les propos tenus dans cette tribune n'engagent pas la rédaction.", "notice"),
        ("© 2024 Le Courrier de Lannec", "credits"),
        ("Mots-clés : Lannec, port, grue", "credits"),
        ("redaction@courrier-lannec.example", "contact"),
        ("Best pills online pharmacy cheap cialis viagra order now", "spam"),
        (
            "We sell the finest watches in the world and we ship them to you for free within two days.",
            "foreign_language",
        ),
        ("* * *", "separator"),
    ],
)
def test_divide_names_the_rule_that_sets_a_line_aside(junk: str, rule: str) -> None:
    text = f"{BODY}\n{junk}\n{MORE}"
    assert kinds(text) == [("body", None, BODY), ("boilerplate", rule, junk), ("body", None, MORE)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Publié en 1998, le roman s'est vendu à trois millions d'exemplaires.",
        "À lire ces chiffres, le port va mieux.",
        "« We will rebuild it together, and we will do it before the summer, whatever it costs. »",
        "Les machines à sous du casino ont rapporté 12 millions d'euros à la ville.",
        "12 avis favorables ont été rendus.",
        "À noter : le quai sera fermé lundi.",
        "Le partenariat expire en mai.",
        "18h45 : la grue est retirée.",
        "- 3 blessés légers",
        "Bilan : 2 morts.",
        "Téléchargez l'application Alerte Crue.",
        "Inscrivez-vous sur la liste des personnes fragiles auprès de votre mairie.",
        "Suivez les consignes de la préfecture.",
        "Connectez-vous à votre espace client pour changer le mot de passe.",
        "Notre journaliste a été expulsée lundi.",
        "La rédaction a reçu une lettre de menaces.",
        "Nos lecteurs nous demandent si le masque protège.",
        "Les commentaires sous les articles ont été fermés.",
        "« Abonnez-vous à notre newsletter », répète l'affiche.",
        "Par mardi gras, les digues avaient tenu.",
    ],
)
def test_divide_keeps_a_sentence_that_resembles_junk(sentence: str) -> None:
    assert ("body", None, sentence) in kinds(f"{BODY}\n{sentence}\n{MORE}")


@pytest.mark.parametrize(
    "sentence",
    [
        "By appointing a judge, the council hopes to end the row.",
        "Next week the harbour board votes on the plan.",
        "Other reports say that 12 people were hurt.",
        "Register to vote before 12 June.",
        "Support for the plan came from the US ambassador.",
        "From £3 a ride, fares will rise to £4 in May.",
        "The report was published by the ministry on Monday.",
        "Sign up for flood alerts from the agency.",
        "Log in to your account to change the password.",
        "Download the county's flood app.",
        "By Tuesday, rescuers hoped to reach the village.",
        "The newsroom got a threatening letter.",
        "Samaritans can be called on 116 123.",
    ],
)
def test_divide_keeps_an_english_sentence_that_resembles_junk(sentence: str) -> None:
    body = "The harbour board closed the north quay on Tuesday after a crane fell. Nobody was hurt."
    assert ("body", None, sentence) in kinds(f"{body}\n{sentence}\n{body[:40]} again on Friday.", language="en")


def test_divide_resumes_the_article_after_a_marker_without_links() -> None:
    text = f"{BODY}\nLire aussi :\n{MORE}\nLes travaux commenceront le 2 avril."
    assert [kind for kind, _, _ in kinds(text)] == ["body", "boilerplate", "body", "body"]


def test_divide_keeps_a_last_paragraph_below_a_link() -> None:
    last = "Une enquête a été ouverte par le parquet de Brial, qui entendra jeudi le grutier et deux témoins."
    text = f"{BODY}\n{MORE}\nÀ lire aussi\nPourquoi les grues tombent\n{last}"
    assert [kind for kind, _, _ in kinds(text)] == ["body", "body", "boilerplate", "boilerplate", "body"]


def test_divide_sets_numbered_links_aside_under_their_label() -> None:
    text = f"{BODY}\n{MORE}\nLes + lus\n1. Le programme de la régate\n2. Cette bouée que personne ne voulait"
    assert [kind for kind, _, _ in kinds(text)] == ["body", "body", *["boilerplate"] * 3]


def test_divide_sets_labels_aside_only_among_furniture_where_a_word_may_be_the_articles() -> None:
    label = "Services"
    assert ("boilerplate", "navigation", label) in kinds(f"{BODY}\n{MORE}\nPartager\n{label}\nPublicité")
    assert ("heading", None, label) in kinds(f"{BODY}\n{label}\n{MORE}")


def test_divide_keeps_the_words_of_an_article_about_a_newspaper() -> None:
    text = "\n".join(
        [
            "Le journal de Lannec perd un abonné sur trois",
            "Le journal a perdu un abonné sur trois en cinq ans, selon ses comptes.",
            "Publicité",
            "Les abonnés",
            "Les abonnés recevront en mai une newsletter payante, chaque matin.",
            "Le site et l'application comptent 12 000 abonnés.",
        ]
    )
    assert [kind for kind, _, _ in kinds(text)] == ["title", "body", "boilerplate", "heading", "body", "body"]


def test_divide_takes_an_hour_above_a_paragraph_for_a_heading_and_one_in_a_byline_for_a_stamp() -> None:
    assert kinds(f"{BODY}\n18:20\n{MORE}")[1][:2] == ("heading", None)
    assert kinds(f"Par Jeanne Morel\n18:20\n{BODY}\n{MORE}")[1][:2] == ("boilerplate", "byline")


def test_divide_keeps_the_questions_of_an_interview_as_body() -> None:
    answer = "Non. Je l'ai dessiné avant de le bâtir, et mon frère a corrigé les plans pendant tout un hiver."
    text = f"Pourquoi ce phare ?\n{answer}\nEn êtes-vous content ?\n{answer[5:]}"
    assert {kind for kind, _, _ in kinds(f"{BODY}\n{text}")} == {"body"}


def test_divide_sets_the_life_of_an_author_aside_and_keeps_another_persons() -> None:
    life = "Jeanne Morel est géologue. Elle a écrit deux livres sur les ports."
    text = f"Par Jeanne Morel\n{BODY}\n{MORE}\n{{}}"
    assert kinds(text.format(life))[-1][:2] == ("boilerplate", "byline")
    assert kinds(text.format(life.replace("Jeanne Morel", "Odile Garnier")))[-1][:2] == ("body", None)


def test_divide_sets_readers_comments_aside() -> None:
    text = f"{BODY}\n{MORE}\nLes commentaires (37)\nMarmotte38\nil y a 3 heures\nEncore de l'argent perdu.\nRépondre"
    assert [kind for kind, _, _ in kinds(text)] == ["body", "body", *["boilerplate"] * 5]


def test_divide_sets_broken_off_teasers_at_the_end_aside() -> None:
    teaser = "Le chef Aldo Ricci ouvre une table"
    text = f"{BODY}\n{MORE}\nLire aussi :\nUn été au jardin, mais...\n{teaser}.\n{teaser}. On y sert des pâtes et du"
    assert [kind for kind, _, _ in kinds(text)] == ["body", "body", *["boilerplate"] * 4]


def test_divide_gives_a_broken_off_caption_and_its_full_version_one_kind() -> None:
    full = "La grue du quai nord de Lannec, le 4 mai 2024, avant son retrait par une barge venue de Brial."
    text = f"{BODY}\n{full[:40]}...\n{full}\n{MORE}"
    assert [kind for kind, _, _ in kinds(text)] == ["body", "caption", "caption", "body"]


def test_divide_calls_the_headline_a_title_each_time() -> None:
    title = "Lannec ferme son quai nord"
    text = f"{title}\n{BODY}\n{title} | Le Courrier\n{MORE}\n{title.upper()} {title.upper()}"
    assert [kind for kind, _, _ in kinds(text, title)] == ["title", "body", "title", "body", "title"]


def test_divide_keeps_both_halves_of_a_bilingual_text() -> None:
    english = "The city of Lannec closed the north quay on Tuesday after a crane fell. Nobody was hurt in the fall."
    assert {kind for kind, _, _ in kinds(f"{BODY}\n{english}")} == {"body"}


def test_divide_keeps_an_article_about_a_spammers_subject() -> None:
    text = "\n".join(
        [
            "Le casino de Lannec a vu ses recettes de poker baisser de 4 % en mars.",
            "Au casino, le poker attire moins que la roulette, explique la directrice.",
            "Poker, roulette, casino : la ville veut un impôt unique.",
        ]
    )
    assert "boilerplate" not in {kind for kind, _, _ in kinds(text)}
