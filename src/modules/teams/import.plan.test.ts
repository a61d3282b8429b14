import { describe, expect, it } from 'vitest'
import { formingDay, planTeam } from './import.plan.ts'
import type { RowToPlan } from './import-row.plan.ts'
import { readName } from './teams.rules.ts'
import type { Member } from './teams.tables.ts'

const day = { today: '2022-12-31', joinedOn: null }
const unit = { id: '1', name: 'Thôn Nậm Cưởm' }

let nextId = 100
function member(fullName: string, phone: string | null, more: Partial<Member> = {}): Member {
  nextId += 1
  const name = readName(fullName)
  return {
    id: String(nextId),
    team_id: '9',
    unit_id: '1',
    kind: 'community_team',
    level: 'village',
    team_formed_on: '2022-05-01',
    full_name: fullName,
    name_folded: name?.nameFolded ?? '',
    sort_key: name?.sortKey ?? '',
    role: 'member',
    phone,
    joined_on: '2022-05-10',
    left_on: null,
    left_reason: null,
    left_with_team: false,
    note: null,
    revision: 1,
    recorded_on: '2022-05-10',
    end_recorded_on: null,
    ...more,
  }
}

function row(
  number: number,
  fullName: string,
  phone: string | null,
  more: Partial<RowToPlan> = {},
): RowToPlan {
  const rest = { role: null, joinedOn: '2022-05-10', leftOn: null, note: null }
  return { row: number, unit, kind: 'community_team', fullName, phone, ...rest, ...more }
}

function outcomes(members: Member[], rows: RowToPlan[], formedOn: string | null = '2022-05-01') {
  const planned = planTeam({ id: '9', notBefore: formedOn, members }, rows, day)
  return planned.map((one) => (one.outcome === 'error' ? `error: ${one.errors[0]?.code}` : one.outcome))
}

describe('one row about one member', () => {
  const known = () => [member('Vàng A Lử', '0912345678')]
  const rows = [
    ['the same person changes nothing', row(5, 'Vàng A Lử', '0912345678'), 'unchanged'],
    ['an empty phone takes none away', row(5, 'Vàng A Lử', null), 'unchanged'],
    ['another tone placement is no change', row(5, 'VÀNG A LỬ', null), 'unchanged'],
    ['an empty role is no change', row(5, 'Vàng A Lử', null, { role: null }), 'unchanged'],
    ['another role is a change', row(5, 'Vàng A Lử', null, { role: 'deputy' }), 'change'],
    ['another day of joining is a change', row(5, 'Vàng A Lử', null, { joinedOn: '2022-06-01' }), 'change'],
    ['another phone and the very same name is a new number', row(5, 'Vàng A Lử', '0987654321'), 'change'],
    ['another phone and other marks is another person', row(5, 'Vàng A Lù', '0987654321'), 'create'],
    ['a name spelled better is a change', row(5, 'Vàng A Lù', '0912345678'), 'change'],
    ['a day of leaving ends', row(5, 'Vàng A Lử', null, { leftOn: '2022-12-01' }), 'end'],
    ['leaving before joining is wrong', row(5, 'Vàng A Lử', null, { leftOn: '2022-05-10' }), 'error: day'],
    [
      'joining before the team is wrong',
      row(5, 'Lò Thị Hoa', null, { joinedOn: '2022-04-30' }),
      'error: day',
    ],
    ['joining tomorrow is wrong', row(5, 'Lò Thị Hoa', null, { joinedOn: '2023-01-01' }), 'error: day'],
    [
      'a new person without a day is wrong',
      row(5, 'Lò Thị Hoa', null, { joinedOn: null }),
      'error: required',
    ],
    ['a known person needs no day', row(5, 'Vàng A Lử', null, { joinedOn: null }), 'unchanged'],
  ] as const
  it.each(rows)('%s', (_, one, outcome) => expect(outcomes(known(), [one])).toEqual([outcome]))
})

describe('who has left', () => {
  const gone = () => [
    member('Vàng A Lử', '0912345678', { left_on: '2022-09-01', end_recorded_on: '2022-09-01' }),
  ]
  it('is unchanged by the row that says so', () => {
    expect(outcomes(gone(), [row(5, 'Vàng A Lử', null, { leftOn: '2022-09-01' })])).toEqual(['unchanged'])
  })
  it('is not taken back by an old list that does not know it', () => {
    expect(outcomes(gone(), [row(5, 'Vàng A Lử', '0912345678')])).toEqual(['error: already_there'])
  })
  it('joins again from a later day', () => {
    expect(outcomes(gone(), [row(5, 'Vàng A Lử', '0912345678', { joinedOn: '2022-10-01' })])).toEqual([
      'create',
    ])
  })
})

describe('rows together', () => {
  it('a person twice in the file is said with the row of the first', () => {
    const planned = planTeam(
      { id: null, notBefore: null, members: [] },
      [row(5, 'Lò Thị Hoa', null), row(8, 'LÒ THỊ HOA', '0912345678')],
      day,
    )
    expect(planned[1]?.errors[0]?.words.vi).toContain('dòng 5')
  })
  it('two people of one name are told apart by their phones', () => {
    const known = [member('Vàng A Lử', '0912345678')]
    expect(outcomes(known, [row(5, 'Vàng A Lử', '0987654321'), row(6, 'Vàng A Lử', '0912345678')])).toEqual([
      'create',
      'unchanged',
    ])
  })
  it('a second head is refused, and named', () => {
    const known = [member('Vàng A Lử', '0912345678', { role: 'head' })]
    expect(outcomes(known, [row(5, 'Lò Thị Hoa', null, { role: 'head' })])).toEqual(['error: second_head'])
  })
  it('a head may follow the one whose leaving stands in the same file', () => {
    const known = [member('Vàng A Lử', '0912345678', { role: 'head' })]
    const rows = [
      row(5, 'Lò Thị Hoa', null, { role: 'head', joinedOn: '2022-12-01' }),
      row(6, 'Vàng A Lử', null, { leftOn: '2022-12-01' }),
    ]
    expect(outcomes(known, rows)).toEqual(['create', 'end'])
  })
  it('two heads change places', () => {
    const known = [member('Vàng A Lử', '0912345678', { role: 'head' }), member('Lò Thị Hoa', null)]
    const rows = [row(5, 'Lò Thị Hoa', null, { role: 'head' }), row(6, 'Vàng A Lử', null, { role: 'member' })]
    expect(outcomes(known, rows)).toEqual(['change', 'change'])
  })
  it('who changed roles keeps the day of first joining', () => {
    const known = [
      member('Vàng A Lử', '0912345678', { left_on: '2022-09-01', end_recorded_on: '2022-09-01' }),
      member('Vàng A Lử', '0912345678', { role: 'head', joined_on: '2022-09-01' }),
    ]
    expect(outcomes(known, [row(5, 'Vàng A Lử', null, { role: 'head' })])).toEqual(['unchanged'])
  })
  it('a team that is formed begins when its first member joined', () => {
    const rows = [
      row(5, 'Lò Thị Hoa', null, { joinedOn: '2022-06-02' }),
      row(6, 'Hà Văn Biên', null, { joinedOn: '2022-06-01' }),
    ]
    expect(formingDay(planTeam({ id: null, notBefore: null, members: [] }, rows, day))).toBe('2022-06-01')
  })
})

describe('another role in the file', () => {
  const known = () => member('Vàng A Lử', '0912345678', { role: 'head' })
  const plan = (one: RowToPlan, of = known()) =>
    planTeam({ id: '9', notBefore: '2022-05-01', members: [of] }, [one], day)[0]
  it('begins today, and what was before stays on record', () => {
    const planned = plan(row(5, 'Vàng A Lử', null, { role: 'deputy' }))
    expect(planned?.values).toMatchObject({ role: 'head', joined_on: '2022-05-10', left_on: '2022-12-31' })
    expect(planned?.successor).toMatchObject({ role: 'deputy', joined_on: '2022-12-31', left_on: null })
    expect(planned?.notes[0]?.vi).toContain('từ 31/12/2022')
    expect(planned?.notes.at(-1)?.vi).toContain('không còn tổ trưởng')
  })
  it('begins on the day of the file where that is later', () => {
    const planned = plan(row(5, 'Vàng A Lử', null, { role: 'deputy', joinedOn: '2022-10-01' }))
    expect(planned?.successor).toMatchObject({ role: 'deputy', joined_on: '2022-10-01' })
  })
  it('is corrected in place for who joined today', () => {
    const today = { role: 'member', joined_on: '2022-12-31' } as const
    const one = row(5, 'Vàng A Lử', null, { role: 'deputy', joinedOn: null })
    const planned = plan(one, { ...known(), ...today })
    expect(planned?.values).toMatchObject({ role: 'deputy', left_on: null })
    expect(planned?.successor).toBeUndefined()
  })
})

describe('a row with a cell that cannot be read', () => {
  it('is told all else that is wrong with it, and stands in nobody’s way', () => {
    const known = [member('Vàng A Lử', '0912345678', { role: 'head' })]
    const rows = [
      row(5, 'Lò Thị Hoa', null, { joinedOn: '2023-02-01', unread: new Set(['phone']) }),
      row(6, 'Hà Thị Mai', null, { role: 'head', joinedOn: null, unread: new Set(['joinedOn']) }),
      row(7, 'Lò Thị Hoa', null),
    ]
    const planned = planTeam({ id: '9', notBefore: '2022-05-01', members: known }, rows, day)
    expect(planned.map((one) => one.errors.map(({ code }) => code))).toEqual([
      ['repeated', 'day'],
      ['second_head'],
      [],
    ])
    expect(planned[2]?.outcome).toBe('create')
  })
})
