import { madeUpPerson } from '../../bench/made-up.ts'
import { bodyOf, type Caller, type Reply, signedIn } from './caller.ts'
import { oneOf } from './seeded.ts'

/** What the product acknowledged: each of these must be there for ever. */
export type Ledger = {
  /** Members added one by one, and those of them whose end was noted. */
  added: string[]
  ended: string[]
  /** Numbers of the imported lists; each list has `rowsOfList` rows. */
  lists: number[]
  /** Background jobs asked for. */
  jobs: string[]
  /** How often which status came; 0: no answer. */
  statuses: Map<number, number>
  /** Answers 5xx that are no «try again», as they were. */
  faults: string[]
}

/** People at work over HTTP, all the time, until they are asked to pause. */
export type Office = {
  ledger: Ledger
  /** The unit that holds all of the demonstration's teams. */
  provinceId: string
  resume(): void
  /** Waits until everything under way has been answered or lost. */
  pause(): Promise<void>
  /** Adds one member now; used to find out whether writing works. */
  addOne(): Promise<Reply>
  askRecount(): Promise<Reply>
  readFigure(): Promise<Reply>
}

export const rowsOfList = 10
/** Telephones of imported lists begin here; those of members added one by one stay below. */
export const firstListNumber = 90_000_000
export const shownMeasure = 'teams.village_team_members'

// The demonstration stands on 31 December: who joined the day before may leave on it.
const joinedOn = '2022-12-30'
const leftOn = '2022-12-31'
const writers = 4
const pauseBetweenLists = 100

type TeamRow = { id: string; unit: { name: string } }

/** Signs in those who work: `address` is asked at each call. They go on with what an office before them has done. */
export async function openOffice(
  address: () => string,
  random: () => number,
  before?: Office,
): Promise<Office> {
  const [desk, commune, administrator] = await Promise.all(
    ['thuongtruc', 'canbo.nambung', 'quantri'].map((name) => signedIn(address, name)),
  )
  if (!desk || !commune || !administrator) throw new Error('Nobody came to work.')
  const communeId = await ownUnit(commune)
  const villages = (await teamsOf(commune, communeId)).map((team) => team.unit.name)
  const kept = new Set((await teamsOf(desk, communeId)).map((team) => team.id))
  const teams = (await teamsOf(desk)).filter((team) => !kept.has(team.id))
  const provinceId = await ownUnit(administrator)
  const ledger: Ledger = before?.ledger ?? {
    added: [],
    ended: [],
    lists: [],
    jobs: [],
    statuses: new Map(),
    faults: [],
  }
  const toEnd: string[] = []
  let people = ledger.added.length
  let lists = 0
  let refused = 0
  let working = false
  let underWay: Promise<void>[] = []

  const note = (reply: Reply): Reply => {
    ledger.statuses.set(reply.status, (ledger.statuses.get(reply.status) ?? 0) + 1)
    if (reply.status === 0 || reply.status === 503) refused += 1
    if (reply.status >= 500 && reply.status !== 503) ledger.faults.push(`${reply.status} ${reply.text}`)
    return reply
  }
  const isDone = (reply: Reply) => note(reply).status >= 200 && reply.status < 300
  const addOne = async () => {
    people += 1
    const team = oneOf(random, teams)
    const body = { ...madeUpPerson(people), role: 'member', joinedOn, note: '' }
    const reply = await desk.post(`/api/teams/${team.id}/members`, body)
    if (isDone(reply)) {
      const { id } = bodyOf<{ id: string }>(reply)
      ledger.added.push(id)
      if (random() < 0.1) toEnd.push(id)
    }
    return reply
  }
  const endOne = async () => {
    const id = toEnd.shift()
    if (id && isDone(await desk.post(`/api/teams/members/${id}/end`, { on: leftOn }))) ledger.ended.push(id)
  }
  const askRecount = async () => {
    const reply = await administrator.post('/api/measures/recount', {})
    if (isDone(reply)) ledger.jobs.push(bodyOf<{ jobId: string }>(reply).jobId)
    return reply
  }
  const importList = async () => {
    lists += 1
    const form = new FormData()
    form.append('unitId', communeId)
    form.append('file', new Blob([listOf(lists, villages)]), `danh-sach-${lists}.csv`)
    const checked = await commune.post('/api/teams/import/check', form)
    if (!isDone(checked)) return
    const { fileId, digest, counts } = bodyOf<{ fileId: string; digest: string; counts: { create: number } }>(
      checked,
    )
    if (counts.create !== rowsOfList) throw new Error(`The list was not understood: ${checked.text}`)
    const applied = await commune.post('/api/teams/import/apply', { fileId, unitId: communeId, digest })
    if (isDone(applied)) ledger.lists.push(lists)
  }
  const keepDoing = async (turn: () => Promise<unknown>, pauseMs: number) => {
    while (working) {
      const before = refused
      await turn()
      // Who is refused tries again a little later, as people do.
      await new Promise((resolve) => setTimeout(resolve, refused === before ? pauseMs : 100))
    }
  }
  return {
    ledger,
    provinceId,
    addOne,
    askRecount,
    readFigure: () => administrator.get(`/api/measures/${shownMeasure}?unitId=${provinceId}`),
    resume: () => {
      if (working) return
      working = true
      const write = () => (toEnd.length > 0 && random() < 0.2 ? endOne() : addOne())
      underWay = [
        ...Array.from({ length: writers }, () => keepDoing(write, 2)),
        keepDoing(importList, pauseBetweenLists),
      ]
    },
    pause: async () => {
      working = false
      await Promise.all(underWay)
    },
  }
}

async function ownUnit(caller: Caller): Promise<string> {
  const { may } = bodyOf<{ may: { unitId: string }[] }>(await caller.get('/api/session/me'))
  const unitId = may[0]?.unitId
  if (!unitId) throw new Error('Someone of the demonstration holds nothing.')
  return unitId
}

async function teamsOf(caller: Caller, unitId?: string): Promise<TeamRow[]> {
  const within = unitId ? `&unitId=${unitId}` : ''
  const found = await caller.get(`/api/teams?kind=community_team&level=village&limit=200${within}`)
  return bodyOf<{ teams: TeamRow[] }>(found).teams
}

const digitNames = ['An', 'Bình', 'Chi', 'Dung', 'Em', 'Giang', 'Hạnh', 'Khánh', 'Lan', 'Minh']

function listOf(number: number, villages: readonly string[]): string {
  const rows = Array.from({ length: rowsOfList }, (_, row) => {
    const { phone } = madeUpPerson(firstListNumber + number * 100 + row)
    // A name of its own too: a person of the same name and village would be taken for one whose telephone changed.
    const fullName = ['Vàng', ...String(number * 10 + row)]
      .map((part) => digitNames[Number(part)] ?? part)
      .join(' ')
    return `"${villages[(number + row) % villages.length]}","${fullName}","${phone}","20/12/2022"`
  })
  return ['"Thôn, bản","Họ và tên","Số điện thoại","Ngày tham gia"', ...rows].join('\n')
}
