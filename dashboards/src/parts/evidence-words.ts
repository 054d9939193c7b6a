/** In which language evidence is written on: that of the page, unless the portal says otherwise. */
import { createContext, useContext } from 'react';
import { evidenceEn, type EvidenceWords } from '../words/evidence.ts';

export const EvidenceLanguage = createContext<EvidenceWords>(evidenceEn);
export const useEvidenceWords = (): EvidenceWords => useContext(EvidenceLanguage);
