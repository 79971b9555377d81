// Where two transcripts differ: one entry for each leaf, with its path.

/** @returns {{scenario: string, step: string, path: string, a: unknown, b: unknown}[]} */
export function diffTranscripts(a, b) {
  const out = []
  const names = [...new Set([...Object.keys(a.scenarios), ...Object.keys(b.scenarios)])].sort()
  for (const scenario of names) {
    const [left, right] = [a.scenarios[scenario], b.scenarios[scenario]]
    if (!left || !right) {
      out.push({ scenario, step: '', path: 'scenario', a: left ? 'present' : undefined, b: right ? 'present' : undefined })
      continue
    }
    diffSteps(scenario, left.steps, right.steps, out)
  }
  return out
}

function diffSteps(scenario, left, right, out) {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const label = `${i + 1}. ${(left[i] ?? right[i]).step}`
    const leaves = []
    diffValues(left[i], right[i], [], leaves)
    for (const { path, a, b } of leaves) out.push({ scenario, step: label, path: path.join('.'), a, b })
  }
}

function diffValues(a, b, path, out) {
  if (isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b)) {
    for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])]) diffValues(a[key], b[key], [...path, key], out)
    return
  }
  if (JSON.stringify(a) !== JSON.stringify(b)) out.push({ path, a, b })
}

const isTree = (value) => value !== null && typeof value === 'object'

/**
 * Splits differences into allowed and not allowed. An entry of the list is
 * `{id, reason, scenario, step, path, dialect?, a?, b?}`: scenario, step and path are
 * patterns with `*`, or lists of them, dialect is the only database it is for, a and b exact values.
 * An entry that explains nothing is an error as soon as the transcripts hold a step it could have matched.
 */
export function judge(differences, list, transcript) {
  const allowed = list.filter(({ dialect }) => !dialect || dialect === transcript.dialect)
  const used = new Set()
  const refused = differences.filter((difference) => {
    const entry = allowed.find((candidate) => explains(candidate, difference))
    if (entry) used.add(entry.id)
    return !entry
  })
  const unused = allowed.filter((entry) => !used.has(entry.id) && applies(entry, transcript)).map(({ id }) => id)
  return { refused, unused, used: [...used] }
}

function explains(entry, difference) {
  return ['scenario', 'step', 'path'].every((key) => matches(entry[key], difference[key]))
    && ['a', 'b'].every((key) => !(key in entry) || JSON.stringify(entry[key]) === JSON.stringify(difference[key]))
}

function applies(entry, transcript) {
  return Object.keys(transcript.scenarios).some((name) => matches(entry.scenario, name))
}

const matches = (patterns = '*', text) => [patterns].flat().some((pattern) => glob(pattern).test(text))

function glob(pattern) {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')
  return new RegExp(`^${source}$`, 's')
}
