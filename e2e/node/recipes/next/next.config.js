const { AUTH_SERVER } = process.env

export default { rewrites: async () => [{ source: '/api/auth/:path*', destination: `${AUTH_SERVER}/api/auth/:path*` }] }
