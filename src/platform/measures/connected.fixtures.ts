import pg from 'pg'
import { expect } from 'vitest'
import { systemActor } from '../access/index.ts'
import type { Actor } from '../actor/actor.ts'
import { foldOnce } from './fold.loop.ts'
import { recountAll } from './recount.all.ts'
import * as toy from './toy.fixtures.ts'

/** A toy world with a connection of its owner, for statements as no program of ours would send them. */
export type ConnectedToyWorld = {
  world: toy.ToyWorld
  system: Actor
  client: pg.Client
  /** Nothing differs anywhere, neither before what was written is folded nor after. */
  allAgrees: () => Promise<void>
  close: () => Promise<void>
}

export async function connectedToyWorld(): Promise<ConnectedToyWorld> {
  const world = await toy.toyWorld()
  const client = new pg.Client({ connectionString: world.ownerUrl })
  await client.connect()
  const agree = async () =>
    expect(await recountAll(client, toy.toyMeasures)).toMatchObject({
      differences: [],
      different: 0,
      faults: [],
    })
  return {
    world,
    client,
    system: await systemActor(world.database),
    allAgrees: async () => {
      await agree()
      while ((await foldOnce(world.database)) > 0);
      await agree()
    },
    close: async () => {
      await client.end()
      await world.close()
    },
  }
}
