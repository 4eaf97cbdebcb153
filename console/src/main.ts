import { mount } from 'svelte';
import App from './App.svelte';
import './map/switches'; // first, while the address is the one that was asked for
import { keepComposingKeys } from './model/composing';
import { applySettings } from './model/settings.svelte';
import './style/base.css';

keepComposingKeys();
applySettings();
mount(App, { target: document.getElementById('app')! });
