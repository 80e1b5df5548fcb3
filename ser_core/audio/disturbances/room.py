"""Speech in a room: the impulse response of a shoebox by the image method, at a wanted reverberation time."""

import numpy as np

from ser_core.types import FloatArray, Hertz, Seconds

SOUND = 343.0  # metres per second, at 20 °C
_SIDES = ((2.4, 8.0), (2.4, 6.0), (2.2, 3.5))  # metres
_FROM_WALL = 0.4  # metres, of mouth and microphone
_MOST_ABSORBED = 0.6  # mean share of the walls, by Sabine's equation, that a room is drawn for
_RESOLUTION: Seconds = 0.002  # of the energy by which walls are chosen
_DECAY = (-5.0, -35.0)  # decibels between which the decay is measured (T30 of ISO 3382)
_ROUNDS = 4
_CLOSE = 0.02  # relative, of the reverberation time that was reached


def in_a_room(samples: FloatArray, sample_rate: Hertz, strength: Seconds, random: np.random.Generator) -> FloatArray:
    """Let samples ``(N,)`` sound in a random room with this reverberation time; the direct sound is not delayed.

    The power stays as it was. What rings beyond the end is cut.
    """
    from scipy.signal import oaconvolve

    response = room_response(sample_rate, strength, random)
    direct = int(np.flatnonzero(response)[0])
    wet = oaconvolve(samples, response[direct:], mode="full")[: len(samples)]
    power = np.mean(np.square(wet))
    heard: FloatArray = wet * np.sqrt(np.mean(np.square(samples)) / power) if power else samples
    return heard


def room_response(sample_rate: Hertz, seconds: Seconds, random: np.random.Generator) -> FloatArray:
    """Compute the impulse response of a random shoebox room whose reverberation time is ``seconds``, shape ``(N,)``.

    Walls reflect alike at every frequency. Their coefficient is negative, as Lehmann and Johansson advise: otherwise
    all images add up below some hundred hertz. It is searched until the time measured by :func:`reverberation_time` is
    right.

    References:
        Allen and Berkley (1979), Image method for efficiently simulating small-room acoustics, JASA 65(4).
        Lehmann and Johansson (2008), Prediction of energy decay in room impulse responses simulated with an
        image-source model, JASA 124(1).
    """
    sides = _sides(seconds, random)
    mouth, microphone = (random.uniform(_FROM_WALL, sides - _FROM_WALL) for _ in range(2))
    distances, orders = _images(sides, mouth, microphone, reach=SOUND * seconds)
    wanted = seconds
    response: FloatArray = np.zeros(0)
    for _ in range(_ROUNDS):
        reflection = _reflection(distances, orders, wanted)
        places = np.rint(distances / SOUND * sample_rate).astype(np.int64)
        pressures = (-reflection) ** orders / distances
        response = np.bincount(places, weights=pressures).astype(np.float64)
        reached = reverberation_time(response, sample_rate)
        if abs(reached / seconds - 1) < _CLOSE:
            break
        wanted *= seconds / reached
    return response


def reverberation_time(response: FloatArray, sample_rate: Hertz) -> Seconds:
    """Measure how long the energy of an impulse response ``(N,)`` takes to fall by 60 dB.

    A line is fitted to Schroeder's backward integral where it falls from −5 to −35 dB.

    References:
        Schroeder (1965), New method of measuring reverberation time, JASA 37(3); ISO 3382-1 (2009).
    """
    remaining = np.cumsum(np.square(response[::-1], dtype=np.float64))[::-1]
    levels = 10 * np.log10(np.maximum(remaining / remaining[0], 1e-12))
    chosen = np.flatnonzero((levels <= _DECAY[0]) & (levels >= _DECAY[1]))
    if len(chosen) < 2:  # all of it falls at once
        return float(len(response) / sample_rate) * 1e-3
    slope = np.polyfit(chosen / sample_rate, levels[chosen], 1)[0]
    return float(-60 / slope)


def _sides(seconds: Seconds, random: np.random.Generator) -> FloatArray:
    """Draw the sides of a room in metres, ``(3,)``, so small that its walls need not absorb everything."""
    sides = np.array([random.uniform(low, high) for low, high in _SIDES])
    surface = 2 * (sides.prod() / sides).sum()
    largest = _MOST_ABSORBED * seconds / 0.161 * surface / sides.prod()
    shortest = np.array([low for low, _ in _SIDES])
    shrunk: FloatArray = np.maximum(sides * min(1.0, largest), shortest)
    return shrunk


def _images(
    sides: FloatArray, mouth: FloatArray, microphone: FloatArray, *, reach: float
) -> tuple[FloatArray, FloatArray]:
    """List the images of the mouth within reach: distances in metres and numbers of reflections, ``(M,)`` each."""
    squares, counts = [], []
    for side, source, ear in zip(sides, mouth, microphone, strict=True):
        rooms = np.arange(-int(reach / (2 * side)) - 1, int(reach / (2 * side)) + 2)
        straight = 2 * rooms * side + source - ear
        mirrored = 2 * rooms * side - source - ear
        squares.append(np.concatenate([straight, mirrored]) ** 2)
        counts.append(np.concatenate([np.abs(2 * rooms), np.abs(2 * rooms - 1)]))
    planes = squares[1][:, None] + squares[2][None, :]
    reflections = counts[1][:, None] + counts[2][None, :]
    distances, orders = [], []
    for square, count in zip(squares[0], counts[0], strict=True):
        near = planes <= reach**2 - square
        distances.append(np.sqrt(planes[near] + square))
        orders.append(reflections[near] + count)
    return np.concatenate(distances), np.concatenate(orders)


def _reflection(distances: FloatArray, orders: FloatArray, seconds: Seconds) -> float:
    """Find the coefficient, 0 to 1, at which the images' energies alone decay in this time."""
    steps = np.rint(distances / SOUND / _RESOLUTION).astype(np.int64)
    most = int(orders.max()) + 1
    energy = np.bincount(steps * most + orders, weights=distances**-2.0, minlength=(int(steps.max()) + 1) * most)
    by_order = energy.reshape(-1, most)
    low, high = 0.05, 0.9999
    for _ in range(20):
        middle = (low + high) / 2
        amplitudes = np.sqrt(by_order @ (middle ** (2.0 * np.arange(most))))
        if reverberation_time(amplitudes, round(1 / _RESOLUTION)) < seconds:
            low = middle
        else:
            high = middle
    return (low + high) / 2
