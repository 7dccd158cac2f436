"""What every subcommand needs: the installation, the acting person, the reader."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.output import Output
from console.config import EVERYTHING, Without, language
from console.domain.moments import parse_moment
from console.domain.people import SYSTEM
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.speech import Speech

if TYPE_CHECKING:
    from console.desk import Desk, Who
    from console.desk.viewer import Viewer

SEAT = "cli"


class Context:
    """One run of the command line. The desk is opened when first asked for."""

    def __init__(
        self,
        directory: Path,
        person: str,
        lang: str | None,
        as_json: bool,
        at: str | None,
        without: Without = EVERYTHING,
    ) -> None:
        self.directory = directory
        self.person = person
        self.lang = lang
        self.as_json = as_json
        self.without = without
        self._at = at

    @cached_property
    def desk(self) -> Desk:
        """The installation's desk. Raises ConfigError or StoreError."""
        from console.installation import open_desk  # noqa: PLC0415 - `due` needs none

        return open_desk(self.directory, without=self.without)

    @cached_property
    def who(self) -> Who:
        """The acting person. With a single person in the installation, that one."""
        from console.desk import Who  # noqa: PLC0415

        person = self.person
        if not person:
            people = self.desk.people()
            if len(people) != 1:
                raise RefusedError(
                    "identity",
                    M("Who acts?"),
                    M(
                        "Add --as PERSON; one of: {people}.",
                        people=", ".join(p.key for p in people),
                    ),
                )
            person = people[0].key
        actor = self.desk.actor(Who(person))
        if actor is SYSTEM:
            raise RefusedError(
                "identity", M("Nobody acts as the console."), M("Add --as PERSON with a name.")
            )
        return Who(actor.key, SEAT)

    @cached_property
    def at(self) -> int | None:
        """The moment given with --at (UTC seconds), None for now."""
        if self._at is None:
            return None
        try:
            return parse_moment(self._at, self.desk.now(), self.desk.config.zone)
        except ValueError:
            raise RefusedError(
                "at",
                M("“{typed}” is not a moment.", typed=self._at),
                M("Write 09:45, 2026-03-10 09:45 or +30m."),
            ) from None

    @property
    def moment(self) -> int:
        """The moment an answer is about: --at, or now."""
        return self.desk.now() if self.at is None else self.at

    def close(self) -> None:
        """Let go of the store, if one was opened."""
        desk = self.__dict__.pop("desk", None)
        if desk is not None:
            desk.store.close()

    def output(self) -> Output:
        """The printer in the reader's language; names of people need the desk."""
        if "desk" not in self.__dict__:
            return Output(Speech(language(self.lang)), self.as_json)
        desk = self.desk
        speech = Speech(language(self.lang, desk.config), desk.config.zone, desk.directory.name)
        return Output(speech, self.as_json, self.viewer.data)

    @cached_property
    def viewer(self) -> Viewer:
        """What the reader may see of customers. Who may read the files of the machine sees
        all there is; over SSH everybody has a name."""
        from console.desk import Who  # noqa: PLC0415

        try:
            return self.desk.viewer(self.who)
        except RefusedError:
            return self.desk.viewer() if self.person else self.desk.viewer(Who(SYSTEM.key))

    def read(self) -> Viewer:
        """The same, before customers' data are shown. Raises RefusedError for somebody who
        may see none."""
        if self.person:
            self.desk.demand("see_customers", self.who)
        return self.viewer
