// Cuts GitHub's description of its API to the requests that stand in a file, one "METHOD /path/{name}" a line, and mends
// where it contradicts GitHub's documentation, and what makes Prism skip the check of bodies without a word: `nullable` without `type`, and a null in a nullable's values.
// node github-description.cjs NODE_MODULES REQUESTS RESULT
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const [, , modules, requests, result] = process.argv;
const whole = JSON.parse(readFileSync(join(modules, '@octokit/openapi/generated/api.github.com.json'), 'utf8'));
const kept = { openapi: whole.openapi, info: { title: whole.info.title, version: whole.info.version }, servers: [{ url: '/' }], paths: {}, components: {} };

for (const line of readFileSync(requests, 'utf8').split('\n').filter(Boolean)) {
  const [method, path] = line.split(' ');
  const operation = whole.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`GitHub's description has no ${line}`);
  (kept.paths[path] ??= {})[method.toLowerCase()] = operation;
}

const waiting = [kept.paths];
while (waiting.length > 0) {
  const node = waiting.pop();
  if (node === null || typeof node !== 'object') continue;
  if (typeof node.$ref === 'string') {
    const [, , kind, name] = node.$ref.split('/');
    if (kept.components[kind]?.[name] === undefined) {
      (kept.components[kind] ??= {})[name] = whole.components[kind][name];
      waiting.push(whole.components[kind][name]);
    }
  }
  waiting.push(...Object.values(node));
}

function mend(node) {
  if (node === null || typeof node !== 'object') return;
  delete node.examples;
  delete node.example;
  Object.values(node).forEach(mend);
  // A range of time in the syntax of searches, by its own words; no moment.
  if (node.in === 'query' && node.name === 'created') delete node.schema.format;
  // No account is a user and an enterprise at a time.
  if (node.allOf?.map(part => part.title).join() === 'Simple User,Enterprise') {
    node.anyOf = node.allOf;
    delete node.allOf;
  }

  if (node.nullable !== true) return;
  // Prism adds the null itself, and a list that names it twice is no schema.
  if (Array.isArray(node.enum)) node.enum = node.enum.filter(value => value !== null);
  if (node.type !== undefined) return;
  const { nullable, ...rest } = node;
  for (const key of Object.keys(node)) delete node[key];
  node.anyOf = [rest, { type: 'string', nullable, enum: [] }];
}

mend(kept);
writeFileSync(result, JSON.stringify(kept));
