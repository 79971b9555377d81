import { createFileRoute } from '@tanstack/react-router'
import { getUser, Page } from '../page.jsx'

export const Route = createFileRoute('/')({ loader: () => getUser(), component: () => <Page user={Route.useLoaderData()} /> })
