"""The few settings of a site, each given once, in mkdocs.yml or in the environment that it reads."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What the core must know of the site it makes pages for.

    Attributes:
        site_name: the name under which we speak.
        site_url: the site's address, with a slash at its end.
        repository: the address of the repository, without a slash at its end.
        branch: the branch that edits go to.
    """

    site_name: str
    site_url: str
    repository: str
    branch: str = "main"

    def edit_url(self, path: str) -> str:
        """Where a file is edited in the browser."""
        return f"{self.repository}/edit/{self.branch}/{path}"

    def problem_url(self, path: str) -> str:
        """Where a problem with a file is reported, the file named already."""
        return f"{self.repository}/issues/new?template=problem.yml&file={path}"
