"""Everything that a creator can wish for in the window, as signals carrying values; `app` connects each to a verb."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal


class Wishes(QObject):
    """One object, handed to every screen; the page to read for what the window can ask of the studio."""

    # composing
    generate = Signal(object)  # Draft
    draft_changed = Signal(object)  # Draft, to be kept
    add_images = Signal(list)  # str paths (folders and MP4s of ours too), bytes of images and str links, in order
    add_frame = Signal(object, int)  # clip id, number of the frame (-1 is the last): as a reference
    prepare = Signal(list)  # list[Reference]: what will be sent for each of the strip
    picture_wanted = Signal(object)  # Reference: a large picture of the whole image, which Qt can't read by itself
    named_image = Signal(object, str)  # Reference, the creator's name for its image

    # what the composer remembers
    open_draft = Signal(int)  # number of a kept draft; 0 is a new one
    name_draft = Signal(int, str)
    remove_draft = Signal(int)
    restore_draft = Signal(object)  # KeptDraft that was removed
    prompts_wanted = Signal(str)  # words to look for in every prompt ever sent
    keep_preset = Signal(object)  # Preset
    remove_preset = Signal(str)
    apply_preset = Signal(str)
    shots_wanted = Signal(str)  # a project whose shots are to complete what is typed

    # the images of the library
    images_wanted = Signal(object)  # ImageQuery
    keep_images = Signal(list)  # as add_images, into the library only
    use_images = Signal(list)  # list[str] hashes: into the composer
    name_image = Signal(str, str)  # hash, name
    tag_images = Signal(list, list)  # hashes, the tags that all of them have from now on: list[str]
    trash_images = Signal(list)  # hashes
    restore_images = Signal(list)  # hashes

    # the order of what is planned
    move = Signal(object, int)  # id of a planned clip, by how many places (negative: earlier)

    # clips, by id (a clip id does not fit a C++ int: `object`)
    undo = Signal(object)  # id of a planned clip: take back the whole click while it counts down
    remove = Signal(object)  # id of a planned clip
    retry = Signal(object)
    send_again = Signal(object)
    adopt = Signal(object, str)  # id, task id
    dismiss = Signal(object)
    stop_watching = Signal(object)
    edit_recipe = Signal(object)  # id: put its recipe into the composer
    open_clip = Signal(object)  # id, or None: show it on the stage
    show_in_folder = Signal(object)
    judge = Signal(object, int, str)  # id, stars 0 to 5, flag ("", "pick", "reject")
    judge_clips = Signal(object, int, str)  # list of ids, stars (-1 leaves them), flag ("-" leaves it)
    mark_range = Signal(object, int, int)  # id, first and last frame of the chosen range; -1 for none
    tag_clips = Signal(object, list, list)  # list of ids, list[str] tags to add, list[str] tags to take away
    note_clip = Signal(object, str)  # id, notes
    reject_rest = Signal(object)  # id: every other take of its stack
    undo_judging = Signal()  # the last judgement, tags or notes, of however many clips
    trash = Signal(object)  # list of ids (`object`: Qt would turn each of 100,000 over)
    restore = Signal(object)  # list of ids
    weigh_trash = Signal(object)  # list of ids in the trash: how much would be freed, before it is asked whether to
    empty_trash = Signal(object)  # list of ids: their files go for good

    # from review back to making, and out of the house
    continue_from = Signal(object, int, bool)  # id, frame (-1 is the last), exact start (False: with the same cast)
    grab_frame = Signal(object, int, str)  # id, frame, file to write ("" is the clipboard)
    family_wanted = Signal(object)  # id: what it came from, and what came from it
    takes_wanted = Signal(object)  # id: every take of its stack, for Compare
    compare = Signal(list)  # ids, two to four, in order
    play_seam = Signal(object, object)  # ids of a clip and of one that goes on from it: the cut between them
    filmstrip_wanted = Signal(object, int)  # id, how many pictures
    hover_wanted = Signal(object)  # id: small pictures to play on its card
    handover_wanted = Signal(object)  # list of ids in order: what the dialog shows of them before they are handed over
    hand_over = Signal(object)  # domain.handover.Handover
    cancel_job = Signal(int)  # number of a job that runs
    show_file = Signal(str)  # a file that was handed over, in the system's file manager
    import_clips = Signal(list, bool)  # list[str] files and folders, referenced where they lie (False: copied)

    # the studio
    pause = Signal()
    resume = Signal()
    try_now = Signal()
    open_library_folder = Signal()

    # money
    open_ledger = Signal()
    ledger_wanted = Signal()  # all entries, for the ledger that is on screen
    correct = Signal(object, str, str)  # submit id, the verdict's value, note
    export_ledger = Signal(str, object)  # file to write, list[Entry]

    # settings
    preferences_changed = Signal(object)  # Preferences
    check_key = Signal(str, str)  # gateway address, key ("" checks the one that is kept)
    keep_key = Signal(str, str, bool)  # gateway address, key, for this session only
    remove_key = Signal(str)  # gateway address
    start_demo = Signal()
    choose_library = Signal(str)  # folder
    rebuild = Signal()  # make the library again from its files

    # help
    save_diagnostics = Signal(str, bool)  # file to write (.zip), with prompts and file names
    cancel_diagnostics = Signal()
    save_report = Signal(str, str)  # name of a crash report, file to write
    report_seen = Signal(str)  # name of a crash report that needs not be offered again
    open_log_folder = Signal()
    about_wanted = Signal()  # what is bundled and its licences, for the About window that is on screen
    licence_wanted = Signal(object)  # Component whose licence is to be read
    check_updates = Signal()  # now, because the creator asked

    # views
    open_settings = Signal(str)  # page name: account, library, generating, network, appearance, notifications
    wanted = Signal(list)  # ids whose rows a list wants to show
    query_changed = Signal(object)  # domain.shelf.Query: what the library shows
    frames_wanted = Signal(object)  # domain.frames.FramesWanted

    def pass_on(self, to: Wishes, *, but: Collection[str]) -> None:
        """Make every wish here a wish of `to` as well, except those named."""
        for name, wish in vars(Wishes).items():
            if isinstance(wish, Signal) and name not in but:
                getattr(self, name).connect(getattr(to, name))
