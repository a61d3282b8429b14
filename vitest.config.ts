import { defineConfig } from 'vitest/config'

const tests = ['src/**', 'demo/**', 'bench/**', 'scripts/**']
const having = (suffix: string) => tests.map((folder) => `${folder}/*.${suffix}.{ts,tsx}`)
const apart = ['api', 'page', 'system'].flatMap((kind) => having(`${kind}.test`))

export default defineConfig({
  test: {
    env: { TZ: 'Asia/Ho_Chi_Minh' },
    reporters: ['dot'],
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: having('test'), exclude: apart, testTimeout: 20_000 } },
      {
        extends: true,
        test: {
          name: 'api',
          include: having('api.test'),
          globalSetup: ['scripts/test-server.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: having('page.test'),
          globalSetup: ['scripts/test-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: having('system.test'),
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
