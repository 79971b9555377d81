import { mayEnter } from '../../../edge.js'

export default defineNuxtRouteMiddleware(async () => {
  if (import.meta.server && !await mayEnter(useRequestEvent()!.headers)) return navigateTo('/')
})
