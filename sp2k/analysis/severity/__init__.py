"""How strict each juror is, in points, beside the plain order: `additive`, `reml`, and single marks that stand out."""
