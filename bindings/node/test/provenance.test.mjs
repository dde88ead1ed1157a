// A client that nobody here wrote verifies what is signed here, and refuses it once it is changed.
import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { bundleFromJSON } from '@sigstore/bundle';
import { dsse } from '@sigstore/core';
import { Verifier, toSignedEntity } from '@sigstore/verify';

import { provenanceSign, provenanceVerify } from '@bailiwick/node';

const file = new URL('../../../policy-fixtures/conformance/provenance.json', import.meta.url);
const [{ input }] = JSON.parse(readFileSync(file, 'utf8'));
// One key: a bundle of sigstore has one signature.
const signed = provenanceSign({ ...input, keys: input.keys.slice(0, 1) });
const envelopes = signed.bundle
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const raw = Buffer.from(signed.public_keys[0], 'base64');
const key = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
  format: 'jwk',
});

for (const [index, envelope] of envelopes.entries()) {
  test(`@sigstore/core encodes statement ${index} as it was signed`, () => {
    const payload = Buffer.from(envelope.payload, 'base64');
    const pae = dsse.preAuthEncoding(envelope.payloadType, payload);
    const [{ keyid, sig }] = envelope.signatures;
    assert.ok(verify(null, pae, key, Buffer.from(sig, 'base64')));
    assert.equal(keyid, createHash('sha256').update(raw).digest('hex'));
  });

  test(`@sigstore/verify accepts statement ${index}`, () => {
    assert.doesNotThrow(() => sigstore(envelope));
  });

  test(`@sigstore/verify and we refuse statement ${index} once it is changed`, () => {
    const text = Buffer.from(envelope.payload, 'base64').toString();
    const edited = Buffer.from(text.replace('run_01jz', 'run_02jz')).toString('base64');
    for (const change of [{ payload: edited }, { payloadType: 'application/json' }]) {
      const changed = { ...envelope, ...change };
      assert.throws(() => sigstore(changed), { code: 'SIGNATURE_ERROR' });
      const ours = provenanceVerify({ bundle: JSON.stringify(changed), keys: signed.public_keys });
      assert.equal(ours.verified, false);
    }
  });
}

/** Verifies as sigstore does, by a plain key: without a log and without timestamps. */
function sigstore(envelope) {
  const bundle = bundleFromJSON({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: envelope.signatures[0].keyid }, tlogEntries: [] },
    dsseEnvelope: envelope,
  });
  const trusted = { publicKey: key, validFor: () => true };
  const material = {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: () => trusted,
  };
  const thresholds = { ctlogThreshold: 0, timestampThreshold: 0, tlogThreshold: 0 };
  return new Verifier(material, thresholds).verify(toSignedEntity(bundle));
}
