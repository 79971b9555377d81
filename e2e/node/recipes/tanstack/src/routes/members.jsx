import { createFileRoute, redirect } from '@tanstack/react-router'
import { createMiddleware } from '@tanstack/react-start'
import { mayEnter } from '../../../edge.js'
import { getUser, Page } from '../page.jsx'

const edge = createMiddleware().server(async ({ request, next }) => {
  if (!await mayEnter(request.headers)) throw redirect({ to: '/' })
  return next()
})

export const Route = createFileRoute('/members')({
  server: { middleware: [edge] },
  loader: () => getUser(),
  component: () => <Page user={Route.useLoaderData()} />,
})
