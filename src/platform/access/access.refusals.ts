import { refuse, refuseField } from '../http/refusal.ts'
import { shortestPassword } from './access.rules.ts'

/** Refuses a password by its fault; `path` is the field that held it. */
export function refusePassword(fault: 'short' | 'login_name' | 'common', path: string): never {
  refuseField(
    `access.password_${fault}`,
    path,
    {
      short: {
        vi: `Mật khẩu cần ít nhất ${shortestPassword} ký tự. Một câu ngắn dễ nhớ là tốt nhất.`,
        en: `A password needs at least ${shortestPassword} characters. A short sentence is best.`,
      },
      login_name: {
        vi: 'Mật khẩu không được trùng tên đăng nhập. Hãy chọn mật khẩu khác.',
        en: 'The password must not be the login name. Choose another.',
      },
      common: {
        vi: 'Mật khẩu này nhiều người dùng nên dễ bị đoán ra. Hãy chọn mật khẩu khác.',
        en: 'Many people use this password, so it is easily guessed. Choose another.',
      },
    }[fault],
  )
}

/** Refuses what lies outside the units where the actor holds access.manage. */
export function refuseOutside(path: string): never {
  const message = {
    vi: 'Anh/chị không quản trị đơn vị này nên chưa ghi gì. Hãy chọn một đơn vị trong phạm vi của mình.',
    en: 'You do not administer this unit; nothing was written. Choose a unit within your own.',
  }
  refuse('access.outside_scope', message, { status: 403, fields: [{ path, message }] })
}

/** Refuses a role over a unit that has gone into another, where it would be held. */
export function refuseGone({ name, oldName }: { name: string; oldName: string }): never {
  refuseField('access.unit_gone', 'unitId', {
    vi: `«${oldName}» đã nhập vào «${name}», nên vai trò ở đó có hiệu lực tại «${name}». Hãy chọn «${name}».`,
    en: `“${oldName}” has gone into “${name}”, where a role over it would be held. Choose “${name}”.`,
  })
}

/** Refuses acting on oneself. */
export function refuseSelf(): never {
  refuse(
    'access.not_oneself',
    {
      vi: 'Không ai tự giao, tự thu hồi quyền hay tự khóa tài khoản của mình. Hãy nhờ một người quản trị khác.',
      en: 'Nobody gives or takes their own rights or suspends themselves. Ask another administrator.',
    },
    { status: 403 },
  )
}

/** Refuses acting on a person who has been given roles beyond what the actor administers. */
export function refuseStronger(): never {
  refuse(
    'access.beyond_own',
    {
      vi: 'Người này thuộc đơn vị, hoặc được giao quyền ở đơn vị, mà anh/chị không quản trị. Hãy nhờ người quản trị cấp trên.',
      en: 'This person belongs to, or has been given rights over, units you do not administer. Ask an administrator above.',
    },
    { status: 403 },
  )
}

/** Refuses a role that holds more than the giver does. */
export function refuseRole(): never {
  const message = {
    vi: 'Vai trò này có quyền quản trị mà chính anh/chị không có ở đơn vị đã chọn. Hãy chọn vai trò hoặc đơn vị khác.',
    en: 'This role administers more than you do over the chosen unit. Choose another role or unit.',
  }
  refuse('access.role_beyond_own', message, { status: 403, fields: [{ path: 'role', message }] })
}

/** Refuses to leave an installation without anybody who can give rights. */
export function refuseLastAdministrator(): never {
  refuse(
    'access.last_administrator',
    {
      vi: 'Đây là người quản trị cuối cùng của toàn hệ thống nên chưa đổi gì. Hãy giao quyền quản trị cho một người khác trước.',
      en: 'This is the last administrator of the whole installation; nothing was changed. Appoint another one first.',
    },
    { status: 409 },
  )
}
