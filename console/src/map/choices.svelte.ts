/** What a person chose about the map, kept in this browser. */
import { ofRoom } from '../api/room';

const STORE = ofRoom('map');

function kept(): boolean {
  try {
    return localStorage.getItem(STORE) !== 'stay';
  } catch {
    return true;
  }
}

class MapChoices {
  /** Does the map move to what is selected? */
  follow = $state(kept());

  toggleFollow(): void {
    this.follow = !this.follow;
    try {
      localStorage.setItem(STORE, this.follow ? 'follow' : 'stay');
    } catch {
      // Without storage the choice holds for this page.
    }
  }
}

export const mapChoices = new MapChoices();
