import assert from 'node:assert/strict'
import { test } from 'node:test'
import { troubles } from '../lib/log.mjs'
import { Secrets } from '../lib/secrets.mjs'

const TOKEN = 'abcdefghijklmnopqrstuvwxyz012345'

test('passwords, tokens and codes are found wherever they were sent', () => {
  const secrets = new Secrets()
  secrets.body({ user: { email: 'a@example.com' }, password: 'a long password', code: '314159' })
  secrets.body({ session: { token: TOKEN }, backupCodes: ['abcde-fghij'] })
  for (const log of ['password=a long password', `token ${TOKEN}!`, 'code=314159', 'spent abcde-fghij']) {
    assert.equal(secrets.foundIn(log).length, 1, log)
  }
  assert.deepEqual(secrets.foundIn('ERROR request failed path=/sign-in/email a@example.com'), [])
})

test('a signed cookie is a secret with and without its signature', () => {
  const secrets = new Secrets()
  secrets.cookie(`better-auth.session_token=${TOKEN}.c2lnbmF0dXJl%3D; Path=/; HttpOnly`)
  assert.equal(secrets.foundIn(`session ${TOKEN} ended`).length, 1)
  assert.ok(secrets.foundIn(`cookie ${TOKEN}.c2lnbmF0dXJl%3D`).length)
})

test('links and TOTP secrets are taken out of addresses', () => {
  const secrets = new Secrets()
  secrets.body({ url: `http://localhost/api/auth/reset-password/${TOKEN}?callbackURL=%2F` })
  secrets.body({ totpURI: 'otpauth://totp/x:y?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=x' })
  secrets.address('/verify-email?token=eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl')
  assert.equal(secrets.size, 3)
})

test('a session in the address of a redirect is found', () => {
  const secrets = new Secrets()
  secrets.cookie(`better-auth.session_token=${TOKEN}.c2lnbmF0dXJl; Path=/; HttpOnly`)
  secrets.redirect('/done?x=1')
  assert.deepEqual(troubles('', [{ name: 'x', secrets }]), [])
  secrets.redirect(`/done?token=${TOKEN}`)
  assert.equal(troubles('', [{ name: 'x', secrets }]).length, 1)
})

test('digits inside other text are no code', () => {
  const secrets = new Secrets()
  secrets.body({ code: '314159' })
  assert.deepEqual(secrets.foundIn('2026-01-01T00:00:00.314159Z pid=1314159'), [])
})

test('words that carry nothing are no secrets', () => {
  const secrets = new Secrets()
  secrets.body({ token: 'unknown', password: 'x', code: '1' })
  assert.equal(secrets.size, 0)
})

test('a log is searched for secrets, races and panics', () => {
  const secrets = new Secrets()
  secrets.body({ password: 'a long password' })
  const found = (log) => troubles(log, [{ name: 'sign-in', secrets }])
  assert.match(found('x\nfailed: a long password\ny')[0], /"sign-in": failed: a long password$/)
  assert.equal(found('==================\nWARNING: DATA RACE\nWrite at 0x00c000').length, 1)
  assert.equal(found('2026/01/01 00:00:00 ERROR panic path=/ok panic=x').length, 1)
  assert.deepEqual(found('2026/01/01 00:00:00 INFO listening'), [])
})
