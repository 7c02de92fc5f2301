"""One row of a table to be imported, with what is wrong with it."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass
class Record:
    """One entry of the table: `cells` by column, only those that the row has."""

    line: int
    cells: dict[str, str]
    mistakes: list[str] = dataclasses.field(default_factory=list)
    remarks: list[str] = dataclasses.field(default_factory=list)

    @property
    def name(self) -> str:
        return self.cells.get("name", "")

    @property
    def has_name_only(self) -> bool:
        return bool(self.name) and not any(v for k, v in self.cells.items() if k != "name")
