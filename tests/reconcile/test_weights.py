"""``reconcile.toml`` is read strictly, every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.casebook import find_casebook
from pactwatch.model.errors import InputError
from pactwatch.reconcile import open_weights
from pactwatch.reconcile.levels import LEVELS
from pactwatch.reconcile.weights import RAREST, read_rarity

GOOD = 'base = -2.0\n\n[points]\nparties_same = 1.5\n\n[apart]\n"agreement.signed" = 30\n'


def test_a_casebook_without_the_file_gets_the_default(tmp_path: Path) -> None:
    assert open_weights(tmp_path) == open_weights()
    assert open_weights(find_casebook("japan-asean")).points == open_weights().points


def test_own_weights_are_read(tmp_path: Path) -> None:
    (tmp_path / "reconcile.toml").write_text(GOOD)
    assert open_weights(tmp_path).points == {"parties_same": 1.5}


FAULTS = {
    "unknown key": (GOOD + "\n[points2]\n", "points2"),
    "unknown level": (GOOD.replace("parties_same", "partys_same"), "partys_same"),
    "no number": (GOOD.replace("-2.0", '"low"'), "low"),
    "a number beyond reason": (GOOD.replace("1.5", "900.0"), "between -50 and 50"),
    "a stage that comes more than once": (GOOD.replace("agreement.signed", "transfer.delivered"), "transfer.delivered"),
    "no TOML": ("base = ", "TOML"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_faults_are_named(case: str, tmp_path: Path) -> None:
    text, named = FAULTS[case]
    (tmp_path / "reconcile.toml").write_text(text)
    with pytest.raises(InputError, match=named):
        open_weights(tmp_path)


def test_every_level_has_words_and_rare_words_are_rarer() -> None:
    assert all(LEVELS.values())
    rarity = read_rarity()
    assert rarity["agreement"] < rarity["frigate"] < RAREST
