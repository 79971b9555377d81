// Records what Better Auth's social providers send and make of profiles: for every case of a file, the
// authorization URL, the token requests, the calls for the profile and the user it becomes.
// A recorded file is a file of cases again:
// node social.mjs ../../templates/socialtest/testdata/recorded.json > recorded.json
import { readFileSync } from "node:fs";
import { getOAuth2Tokens } from "@better-auth/core/oauth2";
import { socialProviders } from "@better-auth/core/social-providers";

const real = console.log;
console.log = console.error = console.warn = () => {};

const base = { state: "STATE", codeVerifier: "VERIFIER-0123456789-0123456789-0123456789-abc", redirectURI: "https://app.example/api/auth/callback/x" };

// intercept answers every call with what the case says, and keeps a note of it.
function intercept(answers) {
	const calls = [];
	globalThis.fetch = async (input, init = {}) => {
		const request = new Request(input, init);
		const url = new URL(request.url);
		const address = url.origin + decodeURIComponent(url.pathname);
		const answer = answers?.[address];
		const body = await request.text();
		const call = { method: request.method, url: address };
		if (url.search) call.query = Object.fromEntries(url.searchParams);
		if (body) call.body = body.startsWith("{") ? JSON.parse(body, oneLine) : Object.fromEntries(new URLSearchParams(body));
		call.headers = {};
		for (const name of ["authorization", "accept", "user-agent", "notion-version", "content-type"]) {
			const value = request.headers.get(name);
			if (value && !(name === "user-agent" && value === "node")) call.headers[name] = value;
		}
		calls.push(call);
		if (answer === undefined) return new Response("no", { status: 404 });
		return new Response(typeof answer === "string" ? answer : JSON.stringify(answer), {
			headers: { "content-type": typeof answer === "string" ? "image/jpeg" : "application/json" },
		});
	};
	return calls;
}

const token = (claims) => [{ alg: "RS256", kid: "k" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".") + ".c2ln";

// oneLine spares us the indentation of GraphQL.
const oneLine = (_, value) => (typeof value === "string" ? value.replace(/\s+/g, " ").trim() : value);

// seconds writes points in time as lifetimes, so that recordings are alike.
function seconds(tokens) {
	for (const [name, value] of Object.entries(tokens)) {
		if (value instanceof Date) tokens[name] = Math.round((value - Date.now()) / 1000);
	}
	return tokens;
}

async function attempt(work) {
	try {
		return await work();
	} catch (e) {
		return { failed: true };
	}
}

async function record(c) {
	const make = () => socialProviders[c.provider](structuredClone(c.options));
	const { provider, name, options, authorize, exchange, refresh, tokenURL, answer, profile } = c;
	const out = { provider, name, options, authorize, exchange, refresh, tokenURL, answer, profile };
	if (c.authorize) out.url = await attempt(async () => String(await make().createAuthorizationURL({ ...base, ...c.authorize })));
	if (c.exchange || c.refresh) {
		const calls = intercept(Object.fromEntries([[c.tokenURL, c.answer]]));
		const tokens = await attempt(() =>
			c.exchange
				? make().validateAuthorizationCode({ code: "CODE", ...base, ...c.exchange })
				: make().refreshAccessToken("REFRESH"));
		out.calls = calls;
		out.tokens = tokens && seconds({ ...tokens, raw: undefined });
	}
	if (c.profile) {
		const { idToken, user, ...rest } = c.profile.tokens;
		const calls = intercept(c.profile.answers);
		const tokens = { ...getOAuth2Tokens(rest), ...rest.direct };
		if (idToken) tokens.idToken = typeof idToken === "string" ? idToken : token(idToken);
		const provider = make();
		const result = await attempt(() => provider.getUserInfo({ ...tokens, user }));
		out.calls = calls;
		out.user = result?.user ?? null;
		if (result?.data) out.accountId = String(await provider.accountSubject({ tokens, profile: result.data }));
		if (result?.data) out.data = result.data;
	}
	return out;
}

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const recorded = [];
for (const c of cases) recorded.push(await record(c));
real("[\n" + recorded.map((r) => JSON.stringify(r)).join(",\n") + "\n]");
