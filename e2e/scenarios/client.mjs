import { twoFactor } from '../configs.mjs'
import { parseURI, PASSWORD, unusedTotp, twoFactorClient, usernameClient } from '../node/lib/scenario.mjs'

export const config = twoFactor

export const scenarios = {
  'an account from beginning to end': async (t) => {
    const browser = t.browser()
    const client = t.client(browser)
    const email = t.email('ada')
    await t.call('signUp.email', client.signUp.email({ name: 'Ada', email, password: PASSWORD }))
    await t.call('getSession', client.getSession())
    await t.call('updateUser', client.updateUser({ name: 'Countess', image: 'https://img.example.com/a.png' }))
    await t.call('listAccounts', client.listAccounts())
    await t.call('changePassword', client.changePassword({ currentPassword: PASSWORD, newPassword: 'a new password', revokeOtherSessions: true }))
    const { data } = await t.call('listSessions', client.listSessions())
    await t.call('revokeSession', client.revokeSession({ token: data[0].token }))
    await t.call('getSession', client.getSession())
    await t.call('signIn.email, wrong', client.signIn.email({ email, password: PASSWORD }))
    await t.call('signIn.email', client.signIn.email({ email, password: 'a new password', rememberMe: true }))
    await t.call('revokeOtherSessions', client.revokeOtherSessions())
    await t.call('revokeSessions', client.revokeSessions())
    await t.call('signIn.email', client.signIn.email({ email, password: 'a new password' }))
    await t.call('signOut', client.signOut())
    await t.call('getSession', client.getSession())
    await t.call('requestPasswordReset', client.requestPasswordReset({ email, redirectTo: '/new' }))
    await t.call('deleteUser', client.deleteUser())
  },

  'two factors': async (t) => {
    const browser = t.browser()
    const redirects = []
    const client = t.client(browser, [twoFactorClient({ onTwoFactorRedirect: (context) => { redirects.push(context) } }), usernameClient()])
    const email = t.email('ada')
    const username = t.username('ada')
    await t.call('signUp.email', client.signUp.email({ name: 'Ada', email, password: PASSWORD, username }))
    await t.call('isUsernameAvailable', client.isUsernameAvailable({ username }))
    const { data } = await t.call('twoFactor.enable', client.twoFactor.enable({ password: PASSWORD }))
    const secret = parseURI(data.totpURI)
    const code = () => t.mask(unusedTotp(secret), 'code')
    await t.call('twoFactor.verifyTotp', client.twoFactor.verifyTotp({ code: code() }))
    await t.call('twoFactor.getTotpUri', client.twoFactor.getTotpUri({ password: PASSWORD }))
    await t.call('twoFactor.generateBackupCodes', client.twoFactor.generateBackupCodes({ password: PASSWORD }))
    await t.call('signOut', client.signOut())

    await t.call('signIn.username', client.signIn.username({ username, password: PASSWORD }))
    t.note('onTwoFactorRedirect', redirects)
    await t.call('twoFactor.sendOtp', client.twoFactor.sendOtp())
    const { otp } = await t.mail('two-factor-otp', email)
    await t.call('twoFactor.verifyOtp', client.twoFactor.verifyOtp({ code: t.mask(otp, 'code'), trustDevice: true }))
    await t.call('getSession', client.getSession())
    await t.call('signOut', client.signOut())
    await t.call('signIn.email, trusted', client.signIn.email({ email, password: PASSWORD }))
    await t.call('twoFactor.disable', client.twoFactor.disable({ password: PASSWORD }))
    t.note('onTwoFactorRedirect', redirects)
  },
}
