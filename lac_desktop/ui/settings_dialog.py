# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of the account (look, size, keys) and of the notebook (who, nation, lock time)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.services.preferences import TEXT_SIZES
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.start.steps import NATIONS
from lac_desktop.ui.words import languages, tr

if TYPE_CHECKING:
    from lac_desktop.services.settings import NotebookSettings
    from lac_desktop.ui.frame import Frame

_THEMES = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)
_PACES = (("slow", "Slow"), ("usual", "Usual"), ("wheelchair", "Wheelchair"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: values of Preferences, and of the notebook's settings where one is open."""

    look: dict[str, object]
    notebook: dict[str, object]


class SettingsDialog(Dialog[Chosen]):
    """Look and size show at once; the rest is kept on Save."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        settings: NotebookSettings | None,
        prefer: Callable[..., None],
    ) -> None:
        super().__init__(parent, desk.theme, tr("Settings"), tr("Save settings"))
        preferred = desk.preferences
        form = self.form = Form(desk.theme)
        form.heading(tr("This account"))
        self.themes = choice([(v, tr(w)) for v, w in _THEMES], preferred.theme)
        self.sizes = choice([(str(n), f"{n} %") for n in TEXT_SIZES], str(preferred.text_size))
        form.add("theme", tr("Colours"), self.themes)
        form.add("size", tr("Text size"), self.sizes)
        self.themes.activated.connect(lambda: prefer(theme=self.themes.currentData()))
        self.sizes.activated.connect(lambda: prefer(text_size=int(self.sizes.currentData())))
        self.language = choice(languages().items(), preferred.language)
        if self.language.count() > 1:
            form.add("language", tr("Language"), self.language, tr("Shows at the next start."))
        self.letters = QCheckBox()
        form.add(
            "letters",
            tr("Single letters are keys in lists"),
            self.letters,
            tr("Such as S for “still right”. Without it, typing goes to a name."),
        )
        self.letters.setChecked(preferred.letter_keys)
        self._settings = settings
        if settings is not None:
            self._of_notebook(settings)
        self.body.addWidget(form)
        self.body.addStretch(1)
        self.fit(520)

    def answer(self) -> Chosen | None:
        """Everything, or None with the field marked."""
        look: dict[str, object] = {"letter_keys": self.letters.isChecked()}
        if self.language.count() > 1:
            look["language"] = self.language.currentData()
        if self._settings is None:
            return Chosen(look, {})
        who = self.who.text().strip()
        if not self.form.show_problems({} if who else {"who": tr("Type your name.")}):
            return None
        return Chosen(
            look,
            {
                "who": who,
                "nation": self.nation.currentData(),
                "pace": self.pace.currentData(),
                "lock_minutes": self.minutes.value(),
            },
        )

    def _of_notebook(self, settings: NotebookSettings) -> None:
        """The part that travels with the notebook."""
        self.form.heading(tr("This notebook"))
        self.who = text_field(settings.who)
        self.nation = choice([(v, tr(w)) for v, w in NATIONS], settings.nation)
        self.pace = choice([(v, tr(w)) for v, w in _PACES], settings.pace)
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 120)
        self.minutes.setSuffix(tr(" minutes"))
        self.minutes.setSpecialValueText(tr("Never"))
        self.minutes.setValue(settings.lock_minutes)
        self.form.add("who", tr("Your name"), self.who)
        self.form.add("nation", tr("Nation"), self.nation, tr("For bank holidays."))
        self.form.add("pace", tr("Walking pace"), self.pace)
        self.form.add("minutes", tr("Lock when idle for"), self.minutes)


def ask_for_settings(frame: Frame) -> None:
    """Show the settings and keep what was chosen."""
    session = frame.session
    settings = session.notebook.settings if session is not None else None
    chosen = ask(frame, SettingsDialog(frame, frame.desk, settings, frame.prefer))
    if chosen is None:
        return
    frame.prefer(**chosen.look)
    if session is None or not chosen.notebook:
        return
    notebook = session.notebook
    wanted = replace(notebook.settings, **chosen.notebook)
    if wanted == notebook.settings:
        return

    def work(_progress: Progress) -> None:
        from lac_desktop.services import notebook as notebooks

        notebooks.save_settings(notebook, wanted)

    def done(_result: object) -> None:
        frame.idle.start(0 if notebook.is_demo else wanted.lock_minutes)
        frame.say_lock_time()
        session.changed()
        frame.desk.messages.done(tr("The settings are saved."))

    frame.desk.jobs.run(work, done, title=tr("Saving"))
