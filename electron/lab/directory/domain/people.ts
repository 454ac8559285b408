/** Who works in the practice domain. Names of all kinds are among them: a directory has to bear them. */
export interface Person {
  readonly account: string;
  readonly name: string;
  readonly unit: 'Staff' | 'Service Accounts';
  readonly disabled?: boolean;
  /** Governed by the stricter password settings object. */
  readonly strict?: boolean;
}

const staff = (account: string, name: string, more: Partial<Person> = {}): Person => ({
  account,
  name,
  unit: 'Staff',
  ...more,
});
const service = (account: string, name: string): Person => ({ account, name, unit: 'Service Accounts' });

export const people: readonly Person[] = [
  staff('anna.berg', 'Anna Berg'),
  staff('ben.osei', 'Ben Osei'),
  staff('carla.ruiz', 'Carla Ruíz'),
  staff('chen.li', '陈丽'),
  staff('dara.oneill', "Dara O'Neill"),
  staff('dmitri.volkov', 'Дмитрий Волков'),
  staff('emil.soerensen', 'Emil Sørensen'),
  staff('fatima.haddad', 'Fatima Haddad'),
  staff('george.miller', 'Miller, George (Accounts)'),
  staff('hana.sato', '佐藤 花'),
  staff('ines.costa', 'Inês Costa'),
  staff('jack.quoted', 'Jack "Jay" Quinn'),
  staff('jonas.weiss', 'Jonas Weiß'),
  staff('kofi.mensah', 'Kofi Mensah'),
  staff('lena.star', 'Lena * Star'),
  staff('leaver', 'Left Last Year', { disabled: true }),
  staff('maria.rossi', 'Maria Rossi'),
  staff('noor.jansen', 'Noor Jansen'),
  staff('olga.petrova', 'Olga Petrova'),
  staff('paul.slash', 'Paul \\ Slash'),
  staff('rosa.lopez', 'Rosa López', { strict: true }),
  staff('sam.taylor', 'Sam Taylor', { strict: true }),
  staff('tess.plus', 'Tess + Partner'),
  staff('zoe.martin', 'Zoë Martin'),
  service('svc-backup', 'Backup service'),
  service('svc-scan', 'Scanner to mail'),
  service('svc-sql', 'Database service'),
];
