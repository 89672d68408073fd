"""Where randomness comes from: an explicit seed, written into the result so that anyone can draw the same again."""

import hashlib
from dataclasses import dataclass

import numpy as np

METHODS_VERSION = "1"


@dataclass(frozen=True)
class Provenance:
    """What makes a drawn result repeatable.

    Attributes
    ----------
    seed : int or None
        None when the caller brought a generator of his own; `state` then tells where it stood.
    state : str
        The 128-bit state and increment of PCG64 before the first draw, in hexadecimal.
    n_draws : int
    input_hash : str
        SHA-256 of the ratings or scores that went in.
    version : str
        Of the methods, raised when the same seed would give other numbers.
    """

    seed: int | None
    state: str
    n_draws: int
    input_hash: str
    version: str = METHODS_VERSION


def array_hash(*arrays: np.ndarray) -> str:
    """SHA-256 of shapes and values, for inputs that are no `Ratings`."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(repr(np.shape(array)).encode())
        digest.update(np.ascontiguousarray(array, dtype="<f8"))
    return digest.hexdigest()


def generator(seed: int | np.random.Generator) -> np.random.Generator:
    """Return a PCG64 generator for a seed, or the generator itself when one is given.

    Raises
    ------
    TypeError
        If the seed is left out (None) or the generator is not PCG64: such a draw could not be repeated.
    """
    if isinstance(seed, np.random.Generator):
        if not isinstance(seed.bit_generator, np.random.PCG64):
            raise TypeError(f"generator harus PCG64, bukan {type(seed.bit_generator).__name__}")
        return seed
    if seed is None or isinstance(seed, bool):
        raise TypeError("benih acak harus berupa bilangan bulat")
    return np.random.Generator(np.random.PCG64(seed))


def provenance(seed: int | np.random.Generator, n_draws: int, input_hash: str) -> Provenance:
    """Note a draw before it is made; call it before the generator is used."""
    state = generator(seed).bit_generator.state["state"]
    number = None if isinstance(seed, np.random.Generator) else int(seed)
    return Provenance(number, f"{state['state']:032x}:{state['inc']:032x}", n_draws, input_hash)
