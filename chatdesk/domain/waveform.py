"""How loud a sound is from beginning to end, in few numbers. Pure, any thread."""

from array import array

from chatdesk.domain.elements import LOUDEST

LEVELS = 100
_FULL = 32768


class Loudness:
    """Takes the samples of a sound piece by piece (16 bits, one channel) and keeps one peak for each short while."""

    def __init__(self, samples_per_peak: int = 400) -> None:
        self._each = samples_per_peak
        self._peaks: list[int] = []
        self._peak = self._count = 0
        self.samples = 0

    def add(self, data: bytes) -> None:
        samples = array("h")
        samples.frombytes(data[: len(data) // 2 * 2])
        self.samples += len(samples)
        at = 0
        while at < len(samples):
            part = samples[at : at + self._each - self._count]
            self._peak = max(self._peak, max(part), -min(part))
            self._count += len(part)
            at += len(part)
            if self._count == self._each:
                self._peaks.append(self._peak)
                self._peak = self._count = 0

    def waveform(self, levels: int = LEVELS) -> tuple[int, ...]:
        """At most so many numbers; a quiet recording fills the height, too, but not silence."""
        peaks = self._peaks + ([self._peak] if self._count else [])
        count = min(levels, len(peaks))
        found = [max(peaks[n * len(peaks) // count : (n + 1) * len(peaks) // count]) for n in range(count)]
        loudest = max([*found, _FULL // 20])
        return tuple(min(LOUDEST, peak * LOUDEST // loudest) for peak in found)
