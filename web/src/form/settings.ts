/** What the server says about the form, in `data-*` of the page element. */
export interface Settings {
  form: string;
  formVersion: string;
  title: string;
  region: string;
  destinationId: string;
  officeName: string;
  destinationUrl: string;
  schemaUrl: string;
  schemaUri: string;
  submissionsUrl: string;
  casePage: string;
  caseUrl: string;
  allowSelfSigned: boolean;
  product: { name: string; version: string; manufacturer: string } | undefined;
}

/** Throws with the attribute's name when one is missing. */
export function settingsOf(element: HTMLElement): Settings {
  const data = element.dataset;
  const need = (name: string): string => {
    const value = data[name];
    if (value === undefined) throw new Error(`the page lacks data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    return value;
  };
  const { productName: name, productVersion: version, productManufacturer: manufacturer } = data;
  return {
    form: need("form"),
    formVersion: need("formVersion"),
    title: data.formTitle ?? need("form"),
    region: need("region"),
    destinationId: need("destinationId"),
    officeName: data.officeName ?? "",
    destinationUrl: need("destinationUrl"),
    schemaUrl: need("schemaUrl"),
    schemaUri: need("schemaUri"),
    submissionsUrl: need("submissionsUrl"),
    casePage: need("casePage"),
    caseUrl: need("caseUrl"),
    allowSelfSigned: data.allowSelfSigned !== undefined && data.allowSelfSigned !== "false",
    product: name && version && manufacturer ? { name, version, manufacturer } : undefined,
  };
}
