// The playground's one script. Data enters the page by textContent and value only.
import init, { PolicyError, check, decide, test, version } from '../dist/index.mjs';

import { firstError } from './json.mjs';
import * as sample from './sample.mjs';

const policies = { ...sample.policies };
const part = (id) => document.getElementById(id);
let shown;
let decided = false;
let pending;

start();

async function start() {
  fillForm();
  listen();
  try {
    await init();
    say(`Bailiwick ${version().version}, ready.`);
  } catch (thrown) {
    part('status').dataset.failed = '';
    say(`The WebAssembly module could not be started: ${thrown.message}`);
    return;
  }
  part('decide').disabled = false;
  part('test').disabled = false;
  runCheck();
}

function fillForm() {
  listFiles(Object.keys(policies)[0]);
  part('sample').replaceChildren(...Object.keys(sample.requests).map((name) => option(name)));
  part('request').value = pretty(Object.values(sample.requests)[0]);
  part('state').value = pretty(sample.state);
  part('fixtures').value = sample.fixtures;
}

function listen() {
  part('file').addEventListener('change', () => showFile(part('file').value));
  part('policy').addEventListener('input', () => {
    policies[shown] = part('policy').value;
    refreshSoon();
  });
  for (const id of ['request', 'state']) part(id).addEventListener('input', refreshSoon);
  part('add').addEventListener('click', () => naming(true));
  part('cancel').addEventListener('click', () => naming(false));
  part('create').addEventListener('click', createFile);
  part('name').addEventListener('keydown', (event) => {
    if (event.key === 'Enter') createFile();
    if (event.key === 'Escape') naming(false);
  });
  part('remove').addEventListener('click', removeFile);
  part('sample').addEventListener('change', () => {
    part('request').value = pretty(sample.requests[part('sample').value]);
    runDecide();
  });
  part('strict').addEventListener('change', refresh);
  part('decide').addEventListener('click', runDecide);
  part('test').addEventListener('click', runTest);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) runDecide();
  });
}

function refreshSoon() {
  clearTimeout(pending);
  pending = setTimeout(refresh, 300);
}

/** Brings what is shown up to date: no decision stays on the page that its input does not give. */
function refresh() {
  if (decided) runDecide();
  else runCheck();
}

function runCheck() {
  guarded(() => {
    const { diagnostics = [] } = check({ policies, strict: part('strict').checked });
    showDiagnostics(diagnostics);
  });
}

function runDecide() {
  if (part('decide').disabled) return;
  decided = true;
  runCheck();
  guarded(() => {
    const request = readJson('request');
    const state = readJson('state');
    showDecision(decide({ policies, request, state }));
  });
}

function runTest() {
  refresh();
  guarded(() => {
    const answer = test({ policies, cases: { 'fixtures.yaml': part('fixtures').value } });
    const { cases = [] } = answer;
    part('summary').textContent = `${answer.passed} passed, ${answer.failed} failed`;
    part('cases').replaceChildren(...cases.map(caseItem));
  });
}

/** Runs `work`; what goes wrong is shown among the diagnostics. */
function guarded(work) {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) console.error(thrown);
    showDecision(null);
    part('diagnostics').prepend(
      diagnosticItem({
        severity: 'error',
        code: thrown.code ?? 'error',
        message: thrown.message,
        help: thrown.help,
        path: thrown.path,
        line: thrown.line,
        column: thrown.column,
      }),
    );
  }
}

function showDecision(record) {
  part('decision').textContent = record?.decision ?? 'no decision';
  part('decision').dataset.decision = record?.decision ?? '';
  part('explanation').textContent = record?.explanation ?? '';
  part('reasons').replaceChildren(...(record?.reasons ?? []).map(reasonItem));
  part('obligations').replaceChildren(...(record?.obligations ?? []).map(obligationItem));
  part('remedy').textContent = record?.remedy?.text || '—';
  part('rules').replaceChildren(...(record?.matched_rules ?? []).map(ruleItem));
  part('record').textContent = record ? pretty(record) : '';
}

function ruleItem(rule) {
  const level = rule.level && `level ${rule.level}`;
  const said = [rule.effect, rule.rule, rule.policy, level, at(placeOf(rule))];
  return item(said.filter(Boolean).join(' · '));
}

function reasonItem({ code, effect, message }) {
  return item(`${effect}: ${message} (${code})`);
}

function obligationItem({ kind, name, value }) {
  return item([kind, name, value].filter((one) => one !== undefined).join(' · '));
}

function caseItem({ name, failures, skip }) {
  const word = skip ? 'skipped' : failures.length > 0 ? 'failed' : 'passed';
  const said = [skip, ...failures].filter(Boolean).join('; ');
  const line = item(`${word}: ${name}${said && ` (${said})`}`);
  line.dataset.passed = String(word === 'passed');
  return line;
}

function showDiagnostics(diagnostics) {
  const items = diagnostics.map(diagnosticItem);
  part('diagnostics').replaceChildren(...(items.length > 0 ? items : [item('none')]));
}

function diagnosticItem(found) {
  const { severity, code, message, help, related = [] } = found;
  const line = item('');
  line.append(...placed(placeOf(found)), `${severity}: ${message} (${code})`);
  if (help) line.append(`; ${help}`);
  for (const other of related) line.append(' — ', ...placed(placeOf(other)), other.message);
  line.dataset.severity = severity;
  return line;
}

/** Returns what shows a place: a button that leads there, where it is in one of the files. */
function placed(place) {
  if (!place.file) return [];
  if (!(place.file in policies) || !place.line) return [`${at(place)} `];
  const jump = document.createElement('button');
  jump.type = 'button';
  jump.textContent = at(place);
  jump.setAttribute('aria-label', `Go to ${at(place)}`);
  jump.addEventListener('click', () => goTo(place));
  return [jump];
}

/** Findings carry a location; errors carry the file as `path`. */
function placeOf({ location, path, line, column }) {
  return location ?? { file: path, line, column };
}

function at({ file, line, column }) {
  return [file, line, column].filter((one) => one !== null && one !== undefined).join(':');
}

function goTo({ file, line, column }) {
  showFile(file);
  const lines = part('policy').value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const end = start + (lines[line - 1] ?? '').length;
  part('policy').focus();
  part('policy').setSelectionRange(Math.min(start + (column ?? 1) - 1, end), end);
}

function listFiles(chosen) {
  part('file').replaceChildren(...Object.keys(policies).map((name) => option(name)));
  showFile(chosen);
  part('remove').disabled = Object.keys(policies).length < 2;
}

function showFile(name) {
  shown = name;
  part('file').value = name;
  part('policy').value = policies[name];
}

function naming(on) {
  part('naming').hidden = !on;
  part(on ? 'name' : 'add').focus();
}

function createFile() {
  const name = part('name').value.trim();
  if (!name || name in policies) return part('name').focus();
  policies[name] = '';
  naming(false);
  listFiles(name);
  refresh();
  return part('policy').focus();
}

function removeFile() {
  delete policies[shown];
  listFiles(Object.keys(policies)[0]);
  refresh();
}

/** Returns the JSON of a field; an error names the field with line and column. */
function readJson(id) {
  const text = part(id).value;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new PolicyError({
      code: 'invalid_json',
      message: thrown.message,
      path: id,
      ...firstError(text),
    });
  }
}

function pretty(value) {
  return JSON.stringify(value, null, 2);
}

function item(text) {
  const line = document.createElement('li');
  line.textContent = text;
  return line;
}

function option(name) {
  const entry = document.createElement('option');
  entry.value = name;
  entry.textContent = name;
  return entry;
}

function say(text) {
  part('status').textContent = text;
}
