/** Topics that pages are about to be told of. */
export type Topics = { sentAtMs: Map<string, number>; waiting: Set<string> }

// A page reads again what a topic is about, so telling it more often only makes pages read more often.
const sameTopicEveryMs = 500

export function noteTopics(topics: Topics, heard: readonly string[]): void {
  for (const topic of withMeasures(heard)) topics.waiting.add(topic)
}

/** The topics to tell now: at once after a while of silence, then the same one twice a second at most. */
export function takeTopics({ sentAtMs, waiting }: Topics, nowMs: number): string[] {
  const ready = [...waiting].filter((topic) => nowMs - (sentAtMs.get(topic) ?? 0) >= sameTopicEveryMs)
  for (const topic of ready) {
    waiting.delete(topic)
    sentAtMs.set(topic, nowMs)
  }
  return ready
}

/** Whatever is written may be counted somewhere; signing in and out never is. */
function withMeasures(topics: readonly string[]): readonly string[] {
  return topics.every((topic) => topic === 'session') ? topics : [...topics, 'measures']
}
