"use client";

import { latePart } from "./late-part";

/** The server writes the text into the page; what folds and searches it comes after it. */
export const LateJsonViewer = latePart(() => import("./json-viewer").then((module) => module.JsonViewer));
