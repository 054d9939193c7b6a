/** Signs links of the evidence chain with the house's key. */
export interface EvidenceSigner {
  readonly keyId: string;
  /** @returns a compact JWS (EdDSA, header names `kid`) whose payload is `linkSha256`. */
  sign(linkSha256: string): Promise<string>;
}

/** The public half of an Ed25519 key as a JSON Web Key (RFC 8037); anybody may have it. */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
}
