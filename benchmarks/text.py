"""News text by the yard: grammatical, varied, generated from a seed, so that a measurement can be repeated."""

from __future__ import annotations

import random

_PLACES = (
    "Valmont",
    "Kervalec",
    "Port-Ambre",
    "Saint-Aubrac",
    "Montbrun",
    "Lissac",
    "Orval",
    "Tréguen",
    "Cazals",
    "Fontroy",
)
_ROLES = ("La maire", "Le préfet", "Le procureur", "La ministre", "Le directeur", "La porte-parole", "Le syndicaliste")
_FIRST = ("Claire", "Paul", "Nadia", "Yann", "Hélène", "Marc", "Sophie", "Karim", "Agnès", "Loïc")
_LAST = (
    "Aubanel",
    "Desforges",
    "Ferrand",
    "Le Goff",
    "Marchetti",
    "Hénaff",
    "Delcourt",
    "Belhadj",
    "Rolland",
    "Tanguy",
)
_NOUNS = (
    "habitants",
    "salariés",
    "manifestants",
    "élèves",
    "blessés",
    "logements",
    "bateaux",
    "dossiers",
    "arbres",
    "trains",
)
_VERBS = (
    "évacués",
    "recensés",
    "comptés",
    "inspectés",
    "signalés",
    "annoncés",
    "attendus",
    "supprimés",
    "remplacés",
    "perdus",
)
_THINGS = (
    "le pont",
    "l'hôpital",
    "le chantier naval",
    "la ligne C",
    "l'usine",
    "le stade",
    "la piscine",
    "le marché",
    "le musée",
)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "septembre", "octobre", "novembre")


def sentence(chance: random.Random) -> str:
    """One sentence of about fifteen words."""
    pick = chance.choice
    name = f"{pick(_FIRST)} {pick(_LAST)}"
    number = chance.choice((str(chance.randint(2, 90)), f"{chance.randint(1, 99)} {chance.randint(0, 999):03d}"))
    money = f"{chance.randint(1, 99)},{chance.randint(1, 9)} millions d'euros"
    forms = (
        (
            f"{pick(_ROLES)} de {pick(_PLACES)}, {name}, a annoncé {pick(_DAYS)} que {number} {pick(_NOUNS)} "
            f"avaient été {pick(_VERBS)}."
        ),
        f"« Nous devons terminer {pick(_THINGS)} avant le {chance.randint(1, 28)} {pick(_MONTHS)} », a déclaré {name}.",
        f"Selon {name}, {pick(_THINGS)} coûtera {money} à la ville de {pick(_PLACES)}.",
        f"Environ {number} {pick(_NOUNS)} ont été {pick(_VERBS)} en {pick(_MONTHS)} à {pick(_PLACES)}.",
        f"{name} n'a pas souhaité commenter la fermeture, qui pourrait toucher {number} {pick(_NOUNS)}.",
        (
            f"Le conseil de {pick(_PLACES)} prévoit de rénover {pick(_THINGS)} en {chance.randint(2026, 2031)}, "
            f"pour {money}."
        ),
        (
            f"À {pick(_PLACES)}, {pick(_THINGS)} avait déjà été fermé plusieurs semaines après une panne "
            "qui avait surpris les riverains."
        ),
    )
    return pick(forms)


def article_records(count: int, seed: int) -> list[dict[str, object]]:
    """``count`` article records of about ten passages and 350 words each, all different, the same for the same seed."""
    chance = random.Random(seed)
    records: list[dict[str, object]] = []
    for number in range(count):
        paragraphs = [" ".join(sentence(chance) for _ in range(chance.randint(1, 3))) for _ in range(10)]
        records.append(
            {
                "external_id": f"bench-{seed}-{number}",
                "source": {"name": f"Banc {number % 7}"},
                "language": "fr",
                "published_at": f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}",
                "text": "\n\n".join(paragraphs),
            }
        )
    return records
