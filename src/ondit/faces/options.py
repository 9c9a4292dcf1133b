"""Arguments and options that several commands have."""

from __future__ import annotations

from typing import Any

import click


class Name(click.Path):
    """The name of a file or folder; an empty one, which would mean the folder one is in, is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name as it was typed."""
        if not value:
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


NAME = Name(allow_dash=True)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead.")
