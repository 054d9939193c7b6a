/** Where the model that this version ships stands, and the regression it is compared with. */
export const SHIPPED_MODEL = new URL('../shipped/encounter-model.json', import.meta.url);
export const SHIPPED_LOGISTIC = new URL('../shipped/logistic.json', import.meta.url);
