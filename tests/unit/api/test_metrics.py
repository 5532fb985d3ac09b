import subprocess
import sys
from pathlib import Path

_WORKER = """
import sys
from pathlib import Path
from api.metrics import Metrics
metrics = Metrics(Path(sys.argv[1]))
metrics.observe("GET", "/v1/facts", 200, 0.02)
sys.stdout.write(metrics.exposition().decode())
"""


def _work(folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", _WORKER, str(folder)], capture_output=True, text=True, check=True)
    return done.stdout


def test_counts_are_summed_over_the_workers(tmp_path: Path) -> None:
    first, second = _work(tmp_path), _work(tmp_path)
    counted = 'sourcebook_requests_total{method="GET",route="/v1/facts",status="200"}'
    assert f"{counted} 1.0" in first
    assert f"{counted} 2.0" in second
