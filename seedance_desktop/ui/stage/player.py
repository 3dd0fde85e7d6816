"""Qt's media player behind the few verbs that the stage needs; made at the first clip, not at the start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink

PATIENCE = 5000  # milliseconds until a clip that shows no picture counts as one that cannot be played


class Player(QObject):
    """Plays one file; times are in microseconds as the file has them. It never starts by itself."""

    framed = Signal(object)  # QVideoFrame, a valid one
    ended = Signal()
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media: QMediaPlayer | None = None
        self._tap: _Tap | None = None
        self._sound: QAudioOutput | None = None
        self._volume, self._muted = 1.0, False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._fail)

    def open(self, file: Path) -> None:
        """Show the first picture of `file`, standing still."""
        media = self._made()
        self._drop_tap()
        media.setSource(QUrl())
        self._tap = _Tap(self)
        media.setVideoSink(self._tap.sink)
        media.setSource(QUrl.fromLocalFile(str(file)))
        media.pause()
        self._patience.start(PATIENCE)

    def close(self) -> None:
        """Stop, and let go of the file."""
        self._patience.stop()
        self._drop_tap()
        if self._media is not None:
            self._media.setSource(QUrl())

    def play(self) -> None:
        """Go on from where it stands; from the beginning after the end."""
        if self._media is not None:
            self._let_sound()
            self._media.play()

    def pause(self) -> None:
        """Stand still."""
        if self._media is not None:
            self._media.pause()

    def seek(self, microseconds: int) -> None:
        """Go to a time and show what is there."""
        if self._media is None:
            return
        if self._media.playbackState() == self._media.PlaybackState.StoppedState:
            self._media.pause()  # after the end nothing is shown before it is woken
        self._media.setPosition(microseconds // 1000)

    def set_rate(self, rate: float) -> None:
        """Play `rate` times as fast."""
        self._made().setPlaybackRate(rate)

    def set_looped(self, looped: bool) -> None:
        """Begin again after the end, or stop there."""
        media = self._made()
        media.setLoops(media.Loops.Infinite.value if looped else media.Loops.Once.value)

    def set_volume(self, volume: float, muted: bool) -> None:
        """`volume` from 0 to 1 as the ear counts."""
        self._volume, self._muted = volume, muted
        if self._sound is not None:
            self._set_sound(self._sound)

    def shut(self) -> None:
        """The window closes: leave nothing running."""
        self.close()
        if self._media is not None:
            self._media.setAudioOutput(None)  # type: ignore[arg-type]
            self._media.deleteLater()
        if self._sound is not None:
            self._sound.deleteLater()
        self._media = self._sound = None

    def take(self, frame: QVideoFrame) -> None:
        """A picture came in; the end of a clip sends an empty one, which is passed over."""
        if frame.isValid():
            self._patience.stop()
            self.framed.emit(frame)

    def _made(self) -> QMediaPlayer:
        if self._media is None:
            # Loading Qt's multimedia takes its time and is not needed for the first paint.
            from PySide6.QtMultimedia import QMediaPlayer

            self._media = QMediaPlayer(self)
            if self._media.pitchCompensationAvailability() == QMediaPlayer.PitchCompensationAvailability.Available:
                self._media.setPitchCompensation(True)  # slow and fast sound as high as they are
            self._media.errorOccurred.connect(self._fail)
            self._media.mediaStatusChanged.connect(self._heed)
        return self._media

    def _heed(self, status: QMediaPlayer.MediaStatus) -> None:
        if status == type(status).EndOfMedia:
            if self._patience.isActive():
                self._fail()  # some codecs end at once without a picture, and without an error
            else:
                self.ended.emit()

    def _fail(self, *_: object) -> None:
        self.close()
        self.failed.emit()

    def _drop_tap(self) -> None:
        if self._tap is None:
            return
        if self._media is not None:
            self._media.setVideoSink(None)  # type: ignore[arg-type]
        self._tap.shut()
        self._tap = None

    def _let_sound(self) -> None:
        """Make the way to the loudspeaker when there is something to hear and something to hear it with."""
        if self._sound is not None or self._media is None or not self._media.hasAudio():
            return
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices

        if not QMediaDevices.defaultAudioOutput().isNull():
            self._sound = QAudioOutput(self)
            self._set_sound(self._sound)
            self._media.setAudioOutput(self._sound)

    def _set_sound(self, sound: QAudioOutput) -> None:
        from PySide6.QtMultimedia import QtAudio

        scale = QtAudio.VolumeScale
        loud = QtAudio.convertVolume(self._volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        sound.setVolume(loud)
        sound.setMuted(self._muted)


class _Tap(QObject):
    """The sink of one source: pictures that are still on their way when another clip is opened end here."""

    def __init__(self, player: Player) -> None:
        super().__init__(player)
        from PySide6.QtMultimedia import QVideoSink

        self._player: Player | None = player
        self.sink: QVideoSink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._pass_on)

    def shut(self) -> None:
        """Pass nothing on any more."""
        self._player = None
        self.deleteLater()

    def _pass_on(self, frame: QVideoFrame) -> None:
        if self._player is not None:
            self._player.take(frame)
