"""What stands in columns on the command line stands below each other in Chinese too."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from seedance_desktop.cli.commands import padded


@pytest.mark.parametrize("name", ["Clip", "提示词", "任务 ID", ""])
def test_a_name_takes_the_cells_of_its_column(name: str) -> None:
    assert cell_len(padded(name)) == 12
    assert padded(name).strip() == name


def test_a_long_name_is_whole() -> None:
    assert padded("一个很长的名称") == "一个很长的名称"
