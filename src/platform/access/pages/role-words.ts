import { useLanguage } from '../../../web/words.ts'
import { roleNames } from '../contract.ts'

/** The name of a role in the language of the page; the key itself for one that the program no longer knows. */
export function useRoleName(): (role: string) => string {
  const { language } = useLanguage()
  return (role) => roleNames.find((one) => one.key === role)?.name[language] ?? role
}

/** The roles to choose from, as a field wants them. */
export function useRoleChoices(): { value: string; label: string }[] {
  const nameOf = useRoleName()
  return roleNames.map(({ key }) => ({ value: key, label: nameOf(key) }))
}
