"""Each wish of the window and the verb that grants it."""

from __future__ import annotations

from .clips import Clips
from .context import Context
from .ledger import LedgerData
from .preferences import Settings
from .shelf import ShelfData


def wire(context: Context) -> None:
    """Connect every wish; each is answered by one method."""
    wishes = context.wishes
    clips = Clips(context)
    wishes.generate.connect(clips.generate)
    wishes.draft_changed.connect(clips.keep_draft)
    wishes.add_images.connect(clips.add_images)
    wishes.edit_recipe.connect(clips.edit_recipe)
    wishes.undo.connect(clips.undo)
    wishes.remove.connect(clips.remove)
    wishes.retry.connect(clips.retry)
    wishes.send_again.connect(clips.send_again)
    wishes.adopt.connect(clips.adopt)
    wishes.dismiss.connect(clips.dismiss)
    wishes.stop_watching.connect(clips.stop_watching)
    wishes.judge.connect(clips.judge)
    wishes.trash.connect(clips.trash)
    wishes.restore.connect(clips.restore)
    wishes.pause.connect(clips.pause)
    wishes.resume.connect(clips.resume)
    wishes.try_now.connect(clips.try_now)

    shelf = ShelfData(context)
    wishes.wanted.connect(shelf.bring_rows)
    wishes.query_changed.connect(shelf.find)
    wishes.open_clip.connect(shelf.open_clip)
    wishes.frames_wanted.connect(shelf.bring_frames)
    wishes.show_in_folder.connect(shelf.show_in_folder)
    wishes.open_library_folder.connect(shelf.open_library_folder)
    context.connect_news(shelf.hear)

    settings = Settings(context)
    wishes.preferences_changed.connect(settings.prefer)
    wishes.check_key.connect(settings.check_key)
    wishes.keep_key.connect(settings.keep_key)
    wishes.remove_key.connect(settings.remove_key)
    wishes.start_demo.connect(settings.start_demo)
    wishes.choose_library.connect(settings.choose_library)

    ledger = LedgerData(context)
    wishes.ledger_wanted.connect(ledger.bring)
    wishes.correct.connect(ledger.correct)
    wishes.export_ledger.connect(ledger.export)
    context.granters = (clips, shelf, settings, ledger)  # Qt keeps no reference to who owns a slot
