"use client";

import { latePart } from "./late-part";

/** The server renders the text; folding and search load later. */
export const LateJsonViewer = latePart(() => import("./json-viewer").then((module) => module.JsonViewer));
