import { NextResponse } from 'next/server'
import { mayEnter } from '../edge.js'

export async function proxy(request) {
  return await mayEnter(request.headers) ? NextResponse.next() : NextResponse.redirect(new URL('/', request.url))
}

export const config = { matcher: '/members' }
