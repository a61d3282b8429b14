type Level = { isArea: boolean; rank: number }

export type UnitKind = Level & { nameVi: string; nameEn: string }

/** Areas stand in areas of a higher level (a village in a commune, never a commune in a village); bodies sit anywhere. */
export function mayStandBelow(child: Level, parent: Level): boolean {
  return !child.isArea || (parent.isArea && parent.rank < child.rank)
}
