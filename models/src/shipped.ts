/** Where the model that this version ships stands. */
export const SHIPPED_MODEL = new URL('../shipped/encounter-model.json', import.meta.url);
