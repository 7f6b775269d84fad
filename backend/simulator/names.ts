import type { Random } from '#domain/testing/random.ts';

/** Invented people: family and given names from many places, drawn independently of one another. */
export const familyNames = [
  'Abreu', 'Acheampong', 'Aguilar', 'Almada', 'Andersen', 'Aranda', 'Bakker', 'Barboza', 'Benitez', 'Bianchi', 'Boateng', 'Brandt', 'Cardozo',
  'Castelli', 'Chaves', 'Cohen', 'Correa', 'Czerny', 'Da Rosa', 'Dalmas', 'De Leon', 'Diallo', 'Dominguez', 'Dunmore', 'Echeverria',
  'Eriksen', 'Escobar', 'Fagundez', 'Farah', 'Ferrando', 'Figueroa', 'Fontana', 'Fujimoto', 'Galarza', 'Gerstner', 'Giannakis', 'Godoy', 'Gupta',
  'Haddad', 'Hernandorena', 'Holmberg', 'Ibarra', 'Iglesias', 'Ivanova', 'Jansen', 'Kaplan', 'Keita', 'Kowal', 'Kuznets', 'Laguardia', 'Larrosa',
  'Lindgren', 'Lopardo', 'Machado', 'Maidana', 'Marchetti', 'Mbeki', 'Mendieta', 'Moreira', 'Nakata', 'Nguyen', 'Novak', 'Nunes', 'Odriozola',
  'Okonkwo', 'Olivera', 'Orsini', 'Palermo', 'Pereyra', 'Petrov', 'Pintos', 'Quadros', 'Quiroga', 'Rahman', 'Ramos', 'Ribeiro', 'Rivadavia',
  'Romanelli', 'Sabater', 'Sanabria', 'Sarkis', 'Schmid', 'Silveira', 'Sosa', 'Souza', 'Suzuki', 'Tabarez', 'Tanaka', 'Tejera', 'Toledo',
  'Umpierrez', 'Urrutia', 'Varga', 'Vazquez', 'Viera', 'Weiss', 'Yilmaz', 'Zabala', 'Zunino',
] as const;

const female = [
  'Aisha', 'Alba', 'Amparo', 'Beatriz', 'Camila', 'Carla', 'Chiara', 'Delfina', 'Elena', 'Emilia', 'Fatima', 'Florencia', 'Graciela', 'Hanna', 'Ines',
  'Irma', 'Julieta', 'Leonor', 'Lucia', 'Mariana', 'Mei', 'Mirta', 'Nadia', 'Olga', 'Paula', 'Renata', 'Rosario', 'Sofia', 'Teresa', 'Valentina', 'Yara', 'Zulma',
] as const;
const male = [
  'Adrian', 'Agustin', 'Alvaro', 'Bruno', 'Carlos', 'Dario', 'Diego', 'Emil', 'Esteban', 'Fabian', 'Felipe', 'Gaston', 'Hugo', 'Ibrahim', 'Ignacio',
  'Joaquin', 'Kenji', 'Leandro', 'Lorenzo', 'Marcos', 'Mateo', 'Nelson', 'Omar', 'Pablo', 'Rafael', 'Ruben', 'Santiago', 'Tomas', 'Ulises', 'Victor', 'Walter', 'Yusuf',
] as const;

/** Nurses by the name on the board. */
export const nurses = ['Acosta', 'Brandao', 'Cuevas', 'Diaz', 'Esposito', 'Fleitas', 'Gallo', 'Heredia', 'Irigoyen', 'Juarez', 'Kessler', 'Luzardo'] as const;
/** Doctors by the name on the board. */
export const doctors = ['Dr Amaro', 'Dr Bello', 'Dr Cabral', 'Dr Duarte', 'Dr Errandonea', 'Dr Falco', 'Dr Gelos', 'Dr Hirsch'] as const;

/** A person's name for a sex. */
export const drawName = (random: Random, sex: 'female' | 'male'): { readonly family: string; readonly given: string } => ({
  family: random.pick(familyNames),
  given: random.pick(sex === 'female' ? female : male),
});
