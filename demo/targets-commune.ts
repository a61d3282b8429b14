import { namedPerson } from './people.ts'
import { type PlannedValues, plannedPath } from './planned-path.ts'
import type { DemoMeasure, DemoTarget } from './programme-types.ts'
import { communesOf, type DemoUnit, vanChanCode, villagesOf } from './units.ts'

/** Shares of the end value planned for March to December, in percent. */
const steadyShares: PlannedValues = [0, 5, 15, 30, 50, 65, 75, 85, 95, 100]

function spread(endValue: number): PlannedValues {
  const [a, b, c, d, e, f, g, h, i] = steadyShares.map((share) => Math.floor((endValue * share) / 100))
  return [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f ?? 0, g ?? 0, h ?? 0, i ?? 0, endValue]
}

type Row = readonly [
  key: string,
  measure: DemoMeasure,
  name: string,
  valueUnit: string,
  planned: PlannedValues,
]

function rowsOf(commune: DemoUnit): readonly Row[] {
  const villages = villagesOf(commune.code).length
  return [
    [
      'villages-with-team',
      'teams.villages_with_team',
      'Thôn, bản, tổ dân phố có tổ công nghệ số cộng đồng',
      '%',
      [0, 5, 20, 50, 95, 100, 100, 100, 100, 100],
    ],
    [
      'villages-with-zalo',
      'teams.villages_with_zalo',
      'Thôn, bản, tổ dân phố có nhóm Zalo của tổ công nghệ số',
      '%',
      [0, 0, 10, 30, 50, 60, 65, 70, 75, 80],
    ],
    [
      'village-team-members',
      'teams.village_team_members',
      'Thành viên tổ công nghệ số cộng đồng cấp thôn',
      'người',
      spread(villages * 5),
    ],
    ['activities', 'teams.activities', 'Buổi hướng dẫn, tập huấn của các tổ', 'buổi', spread(villages + 4)],
  ]
}

/** Four targets for each commune and township; the chair answers for them (end values ours, ≈). */
export function communeTargets(planKey: string): DemoTarget[] {
  return communesOf(vanChanCode).flatMap((commune) => {
    const responsible = {
      fullName: namedPerson(`chair:${commune.code}`, commune.code),
      position: `Chủ tịch Ủy ban nhân dân ${commune.name.charAt(0).toLocaleLowerCase('vi')}${commune.name.slice(1)}`,
      unitCode: `${commune.code}.UB`,
    }
    return rowsOf(commune).map(
      ([key, measure, name, valueUnit, planned]): DemoTarget => ({
        key: `${commune.code}:${key}`,
        fictional: true,
        planKey,
        fieldKey: key === 'activities' ? 'education' : 'advanced',
        unitCode: commune.code,
        name,
        measure,
        direction: 'at_least',
        valueUnit,
        endValue: planned[9],
        path: plannedPath(planned),
        responsible,
        legalBasis: 'Giao chỉ tiêu năm 2022 cho xã, thị trấn theo kế hoạch của huyện (≈)',
        assumed: true,
      }),
    )
  })
}
