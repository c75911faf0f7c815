"""Read every quantity of a text as a careful editor does: exact, pure, without a model."""

from evidencelint.quantities.reader import number_spans, read_quantities
from evidencelint.quantities.units import convert, convertible, decimal, kin, to_base

__all__ = ["convert", "convertible", "decimal", "kin", "number_spans", "read_quantities", "to_base"]
