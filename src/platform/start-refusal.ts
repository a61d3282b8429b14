/** The product cannot start or a command cannot run, for a reason the operator can act on; said in both languages. */
export class StartRefusal extends Error {
  readonly vi: string
  readonly en: string

  constructor(vi: string, en: string) {
    super(`${vi}\n${en}`)
    this.name = 'StartRefusal'
    this.vi = vi
    this.en = en
  }
}
