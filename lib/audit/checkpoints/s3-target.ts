import type { TargetSettings } from "@/lib/platform/env/checkpoint-targets";
import { type Copy, fileNameOf, OTHER_COPY, type Target } from "./target";

const TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;

type Settings = Extract<TargetSettings, { kind: "s3" }>;

/**
 * A bucket with one object per checkpoint, locked for its retention period if configured. Finds credentials
 * as AWS's own tools do. Loads the SDK only if such a target is configured.
 */
export async function openS3Target({
  name,
  bucket,
  prefix,
  region,
  endpoint,
  lock,
}: Settings): Promise<Target> {
  const { GetObjectCommand, PutObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({
    ...(region && { region }),
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // Sends only the checksums that S3 requires (set below); other servers don't support the rest.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 1,
    requestHandler: {
      requestTimeout: TIMEOUT_MS,
      connectionTimeout: TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  const place = (copy: Copy) => ({ Bucket: bucket, Key: prefix + fileNameOf(copy) });
  const put = async (copy: Copy) => {
    const retention = lock && {
      ObjectLockMode: lock.mode,
      ObjectLockRetainUntilDate: new Date(Date.now() + lock.retainDays * DAY_MS),
    };
    await client.send(
      new PutObjectCommand({
        ...place(copy),
        Body: copy.note,
        ContentType: "text/plain; charset=utf-8",
        IfNoneMatch: "*",
        // S3 requires a checksum for a locked object.
        ChecksumAlgorithm: "SHA256",
        ...retention,
      }),
    );
  };
  const compare = async (copy: Copy) => {
    const { Body } = await client.send(new GetObjectCommand(place(copy)));
    if ((await Body?.transformToString("utf8")) !== copy.note) throw new Error(OTHER_COPY);
  };
  return {
    name,
    put: async (copy) => {
      try {
        await put(copy).catch((error: Error) => {
          if (error.name !== "PreconditionFailed") throw error;
          return compare(copy);
        });
      } catch (error) {
        throw explain(error as Failure);
      }
    },
    close: async () => client.destroy(),
  };
}

type Failure = Error & { code?: string; $metadata?: { httpStatusCode?: number } };

/** S3's error code, such as AccessDenied, but never its message, which may contain anything. */
function explain(error: Failure): Error {
  if (error.message === OTHER_COPY) return error;
  const status = error.$metadata?.httpStatusCode;
  const what = (error.code ?? error.name).replaceAll(/\W/g, "").slice(0, 100);
  return new Error(status ? `answered ${status}: ${what}` : what);
}
