"""Makes numpy's argsort stable, and silences warnings; to be imported before what sorts.

numpy's default sort is not stable, so that rows of equal scores come out differently from machine to machine; a stable
one gives the order that Flag & Review promises.
"""

import warnings

import numpy

unstable = numpy.argsort


def argsort(values, axis=-1, kind=None, order=None):
    return unstable(values, axis=axis, kind="stable", order=order)


numpy.argsort = argsort
warnings.filterwarnings("ignore")
