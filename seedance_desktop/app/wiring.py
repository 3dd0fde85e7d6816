"""Each wish of the window and the verb that grants it."""

from __future__ import annotations

from seedance_desktop.ui.wishes import Wishes

from .clips import Clips
from .context import Context
from .help import Help
from .images import Images
from .jobs import Jobs
from .ledger import LedgerData
from .memory import Memory
from .preferences import Settings
from .review import Review
from .shelf import ShelfData
from .trouble import Trouble


def wire(context: Context) -> tuple[Memory, Images, Trouble]:
    """Connect every wish; each is answered by one method. Returns those that fill a window by themselves."""
    memory = Memory(context)
    images, review = Images(context, memory), Review(context, memory)
    jobs, help_, trouble = Jobs(context), Help(context), Trouble(context)
    clips, shelf, settings, ledger = Clips(context), ShelfData(context), Settings(context), LedgerData(context)
    _making(context.wishes, clips)
    _memory(context.wishes, memory)
    _images(context.wishes, images)
    _review(context.wishes, review)
    _library(context.wishes, shelf, ledger)
    _jobs(context.wishes, jobs)
    _settings(context.wishes, settings)
    _help(context.wishes, help_)
    _trouble(context.wishes, trouble)
    context.connect_news(shelf.hear)
    context.connect_news(images.hear)
    # Qt keeps no reference to who owns a slot.
    context.granters = (clips, memory, images, review, shelf, settings, ledger, jobs, help_)
    return memory, images, trouble


def _making(wishes: Wishes, clips: Clips) -> None:
    wishes.generate.connect(clips.generate)
    wishes.undo.connect(clips.undo)
    wishes.remove.connect(clips.remove)
    wishes.move.connect(clips.move)
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


def _memory(wishes: Wishes, memory: Memory) -> None:
    wishes.draft_changed.connect(memory.keep_draft)
    wishes.edit_recipe.connect(memory.use_clip)
    wishes.open_draft.connect(memory.open_draft)
    wishes.name_draft.connect(memory.name_draft)
    wishes.remove_draft.connect(memory.remove_draft)
    wishes.restore_draft.connect(memory.restore_draft)
    wishes.keep_preset.connect(memory.keep_preset)
    wishes.remove_preset.connect(memory.remove_preset)
    wishes.apply_preset.connect(memory.apply_preset)
    wishes.prompts_wanted.connect(memory.find_prompts)
    wishes.shots_wanted.connect(memory.bring_shots)


def _images(wishes: Wishes, images: Images) -> None:
    wishes.add_images.connect(images.add)
    wishes.keep_images.connect(images.keep)
    wishes.add_frame.connect(images.add_frame)
    wishes.use_images.connect(images.use)
    wishes.prepare.connect(images.prepare)
    wishes.picture_wanted.connect(images.bring_picture)
    wishes.images_wanted.connect(images.find)
    wishes.named_image.connect(images.name_reference)
    wishes.name_image.connect(images.name)
    wishes.tag_images.connect(images.tag)
    wishes.trash_images.connect(images.trash)
    wishes.restore_images.connect(images.restore)


def _review(wishes: Wishes, review: Review) -> None:
    wishes.judge_clips.connect(review.judge)
    wishes.mark_range.connect(review.mark)
    wishes.tag_clips.connect(review.tag)
    wishes.note_clip.connect(review.note)
    wishes.reject_rest.connect(review.reject_rest)
    wishes.undo_judging.connect(review.undo)
    wishes.weigh_trash.connect(review.weigh_trash)
    wishes.empty_trash.connect(review.empty_trash)
    wishes.filmstrip_wanted.connect(review.bring_filmstrip)
    wishes.hover_wanted.connect(review.bring_hover)
    wishes.family_wanted.connect(review.bring_family)
    wishes.continue_from.connect(review.continue_from)
    wishes.grab_frame.connect(review.grab)


def _library(wishes: Wishes, shelf: ShelfData, ledger: LedgerData) -> None:
    wishes.wanted.connect(shelf.bring_rows)
    wishes.query_changed.connect(shelf.find)
    wishes.open_clip.connect(shelf.open_clip)
    wishes.compare.connect(shelf.compare)
    wishes.takes_wanted.connect(shelf.bring_takes)
    wishes.frames_wanted.connect(shelf.bring_frames)
    wishes.show_in_folder.connect(shelf.show_in_folder)
    wishes.open_library_folder.connect(shelf.open_library_folder)
    wishes.ledger_wanted.connect(ledger.bring)
    wishes.correct.connect(ledger.correct)
    wishes.export_ledger.connect(ledger.export)


def _jobs(wishes: Wishes, jobs: Jobs) -> None:
    wishes.handover_wanted.connect(jobs.prepare)
    wishes.hand_over.connect(jobs.hand_over)
    wishes.import_clips.connect(jobs.import_clips)
    wishes.cancel_job.connect(jobs.cancel)
    wishes.show_file.connect(jobs.show_file)


def _settings(wishes: Wishes, settings: Settings) -> None:
    wishes.preferences_changed.connect(settings.prefer)
    wishes.check_key.connect(settings.check_key)
    wishes.keep_key.connect(settings.keep_key)
    wishes.remove_key.connect(settings.remove_key)
    wishes.start_demo.connect(settings.start_demo)
    wishes.choose_library.connect(settings.choose_library)


def _help(wishes: Wishes, help_: Help) -> None:
    wishes.about_wanted.connect(help_.bring_about)
    wishes.licence_wanted.connect(help_.bring_licence)
    wishes.open_log_folder.connect(help_.open_log_folder)
    wishes.check_updates.connect(help_.check_updates)


def _trouble(wishes: Wishes, trouble: Trouble) -> None:
    wishes.save_diagnostics.connect(trouble.save_diagnostics)
    wishes.cancel_diagnostics.connect(trouble.cancel_diagnostics)
    wishes.save_report.connect(trouble.save_report)
    wishes.report_seen.connect(trouble.report_seen)
