import { statelessRefresh } from '../configs.mjs'
import { PASSWORD, sleep } from '../node/lib/scenario.mjs'
import { person, through } from '../node/lib/social.mjs'

export const config = statelessRefresh

export const scenarios = {
  // One timetable for everybody, with seconds to spare: a restart takes its time on a busy machine.
  'copies are renewed from themselves until the session ends': async (t) => {
    const [kept, left, social] = [t.browser(), t.browser(), t.browser()]
    const image = 'https://pictures.example/ada'
    await kept.post('/sign-up/email', { name: 'ada', email: t.email('ada'), password: PASSWORD, image })
    await through(t, left, 'plain', person(t, 'bob'))
    await through(t, social, 'plain', person(t, 'cleo'))
    const begin = Date.now()
    const at = (second) => sleep(Math.max(begin + second * 1000 - Date.now(), 0))
    await social.get('/get-session')

    await at(10)
    await kept.get('/get-session')
    await social.get('/get-session?disableRefresh=true')
    await social.get('/get-session')
    await at(20)
    await kept.get('/get-session')
    await social.get('/list-sessions')
    await social.get('/get-session')
    await t.restart()
    await at(30)
    await left.get('/get-session') // nobody has renewed this copy
    await kept.get('/get-session')
    await social.get('/get-session')
    await social.get('/list-sessions')
    await at(43)
    await kept.get('/get-session') // the copy would go on, the session does not
    await kept.get('/get-session')
  },
}
