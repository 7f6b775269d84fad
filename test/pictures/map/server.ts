/** Serves the looking page until it is ended: `node test/pictures/map/server.ts [port] [built]`. */
import { serveLooking } from './looking.ts';

const { address } = await serveLooking(Number(process.argv[2] ?? 5199), process.argv[3] === 'built' ? 'built' : 'written');
console.log(address);
