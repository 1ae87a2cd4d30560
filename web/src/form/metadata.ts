import type { PublicJwk } from "../crypto/jwe.ts";
import type { Settings } from "./settings.ts";

export interface SentFile {
  attachmentId: string;
  fragments: string[];
  hash: string;
  filename: string;
  mimeType: string;
  description: string;
}

const sha512 = (content: string) => ({ type: "sha512", content });

/** Media type of a file as the metadata schema allows it. */
export function mediaType(type: string): string {
  return /^[-\w.]+\/[-\w.+]+$/.test(type) ? type : "application/octet-stream";
}

/** Metadata after FIT-Connect metadata schema 2.1.0. `day` is `YYYY-MM-DD`. */
export function metadataOf(settings: Settings, dataHash: string, files: SentFile[], replyKey: PublicJwk, day: string): object {
  return {
    $schema: "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json",
    contentStructure: {
      data: { hash: sha512(dataHash), submissionSchema: { schemaUri: settings.schemaUri, mimeType: "application/json" } },
      attachments: files.map((file) => ({
        attachmentId: file.attachmentId,
        hash: sha512(file.hash),
        purpose: "attachment",
        mimeType: mediaType(file.mimeType),
        filename: file.filename,
        description: file.description,
        ...(file.fragments.length > 0 ? { fragments: file.fragments } : {}),
      })),
    },
    replyChannel: {
      fitConnect: {
        processStandards: ["urn:fachwerk:reply:1"],
        encryptionPublicKey: { kty: "RSA", alg: "RSA-OAEP-256", key_ops: ["wrapKey"], kid: replyKey.kid, n: replyKey.n, e: replyKey.e },
      },
    },
    additionalReferenceInfo: { applicationDate: day },
    ...(settings.product ? { author: { name: settings.product.name, product: settings.product } } : {}),
  };
}
