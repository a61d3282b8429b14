const changedForms = new Set<object>()

/** Notes whether a form holds what was typed and not yet sent. */
export function noteUnsaved(form: object, unsaved: boolean): void {
  if (unsaved) changedForms.add(form)
  else changedForms.delete(form)
}

/** Whether anything typed would be lost with the page. */
export function hasUnsaved(): boolean {
  return changedForms.size > 0
}

/** After a person chose to leave what was typed. */
export function forgetUnsaved(): void {
  changedForms.clear()
}
